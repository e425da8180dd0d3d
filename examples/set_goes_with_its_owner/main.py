"""A search asks three shelves, and goes as soon as one of them has answered."""
# ANCHOR: listing
import asyncio


async def main():
    print("found on shelf", await search())
    await asyncio.sleep(5)


async def search():
    shelves = [asyncio.create_task(look(shelf)) for shelf in [3, 1, 2]]
    for first in asyncio.as_completed(shelves):
        return await first


async def look(shelf):
    await asyncio.sleep(shelf)
    print("shelf", shelf, "has it")
    return shelf


asyncio.run(main())
# ANCHOR_END: listing
