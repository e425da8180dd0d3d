import asyncio
import time
from concurrent.futures import ThreadPoolExecutor


async def main():
    loop = asyncio.get_running_loop()
    pool = ThreadPoolExecutor(2)
    slow = [loop.run_in_executor(pool, time.sleep, 3) for _ in range(2)]
    try:
        await asyncio.wait_for(loop.run_in_executor(pool, look_up, "a"), 0.5)
    except asyncio.TimeoutError:
        print("no answer")
    await asyncio.gather(*slow)


def look_up(name):
    return name


asyncio.run(main())
