"""`main` takes the items of a stream, each of which is half a second in the making."""
# ANCHOR: listing
import asyncio


async def main():
    print("start")
    async for item in items():
        print(f"item {item}")
    print("no more")


async def items():
    for i in range(3):
        await asyncio.sleep(0.5)
        yield i


asyncio.run(main())
# ANCHOR_END: listing
