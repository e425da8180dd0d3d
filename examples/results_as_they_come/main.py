"""Three tasks take three, one and two seconds; each result is taken when it is
there.
"""
# ANCHOR: listing
import asyncio


async def main():
    print("start")
    tasks = [asyncio.create_task(wait(seconds)) for seconds in [3, 1, 2]]
    for result in asyncio.as_completed(tasks):
        print(await result)


async def wait(seconds):
    await asyncio.sleep(seconds)
    return f"waited {seconds} s"


asyncio.run(main())
# ANCHOR_END: listing
