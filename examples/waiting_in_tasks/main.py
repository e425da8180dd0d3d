"""Three waits of 0.6, 0.9 and 1.2 s, each in a task."""
# ANCHOR: listing
import asyncio


async def main():
    print("start")
    tasks = [asyncio.create_task(wait(ms)) for ms in [600, 900, 1200]]
    for task in tasks:
        print(f"waited {await task} ms")


async def wait(ms):
    await asyncio.sleep(ms / 1000)
    return ms


asyncio.run(main())
# ANCHOR_END: listing
