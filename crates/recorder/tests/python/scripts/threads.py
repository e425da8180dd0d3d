"""Blocking calls in threads beside a task that beats."""
import asyncio
import time
from concurrent.futures import ThreadPoolExecutor


def block(word, seconds):
    time.sleep(seconds)
    print(word)
    return word


async def beat():
    for i in range(3):
        await asyncio.sleep(0.2)
        print("beat", i)


async def main():
    loop = asyncio.get_running_loop()
    beats = asyncio.create_task(beat())
    print(await asyncio.gather(
        asyncio.to_thread(block, "slow", 0.45), loop.run_in_executor(None, block, "fast", 0.1)
    ))
    with ThreadPoolExecutor(1) as pool:
        calls = [loop.run_in_executor(pool, block, i, 0.01) for i in range(2)]
        print(await asyncio.gather(*calls))
    await beats
    loop.run_in_executor(None, block, "last", 0.1)
    print("end")


asyncio.run(main())
