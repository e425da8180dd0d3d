"""A supervisor starts a worker again when it has failed, later each time."""
# ANCHOR: listing
import asyncio


async def main():
    pause = 0.5
    for attempt in range(1, 6):
        try:
            return await asyncio.create_task(work(attempt))
        except IndexError:
            print(f"failed, again in {pause} s")
        await asyncio.sleep(pause)
        pause *= 2
    print("gave up")


async def work(attempt):
    print("attempt", attempt)
    await asyncio.sleep(1)
    parts = ["one"] * attempt
    print("has all three:", parts[2])


asyncio.run(main())
# ANCHOR_END: listing
