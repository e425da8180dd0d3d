"""Three walkers of different speed wait for each other twice. Needs Python 3.11."""
# ANCHOR: listing
import asyncio


async def main():
    meeting = asyncio.Barrier(3)
    async with asyncio.TaskGroup() as walkers:
        for seconds in [3, 1, 2]:
            walkers.create_task(walk(seconds, meeting))


async def walk(seconds, meeting):
    for stage in ["the bridge", "the inn"]:
        await asyncio.sleep(seconds)
        if await meeting.wait() == 0:
            print(f"all are at {stage}")


asyncio.run(main())
# ANCHOR_END: listing
