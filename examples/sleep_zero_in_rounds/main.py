"""Three tasks sleep for no time at all, three times each."""
# ANCHOR: listing
import asyncio


async def main():
    tasks = [asyncio.create_task(rounds(name)) for name in "ABC"]
    for task in tasks:
        await task


async def rounds(name):
    for round in range(3):
        print(f"{name}{round}")
        await asyncio.sleep(0)


asyncio.run(main())
# ANCHOR_END: listing
