"""Four blocking calls go to a pool that has two threads."""
# ANCHOR: listing
import asyncio
import time
from concurrent.futures import ThreadPoolExecutor


async def main():
    print("start")
    loop = asyncio.get_running_loop()
    pool = ThreadPoolExecutor(max_workers=2)
    calls = []
    for i in range(4):
        calls.append(loop.run_in_executor(pool, work, i))
    await asyncio.gather(*calls)


def work(i):
    time.sleep(0.5 + 0.1 * i)
    print(f"call {i} is done")


asyncio.run(main())
# ANCHOR_END: listing
