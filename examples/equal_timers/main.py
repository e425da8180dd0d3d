"""Two tasks sleep equally long; each then writes down its name."""
# ANCHOR: listing
import asyncio


async def main():
    await asyncio.gather(write("created"), write("shipped"))


async def write(name):
    await asyncio.sleep(0.005)
    print(name)


asyncio.run(main())
# ANCHOR_END: listing
