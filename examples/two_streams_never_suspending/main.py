"""Two streams are consumed together, and all their items are there at once."""
# ANCHOR: listing
import asyncio


async def main():
    await asyncio.gather(consume(items("x")), consume(items("y")))


async def items(name):
    for i in range(3):
        yield f"{name}{i}"


async def consume(stream):
    async for item in stream:
        print(item)


asyncio.run(main())
# ANCHOR_END: listing
