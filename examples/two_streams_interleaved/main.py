"""Two streams are consumed together, one item every 0.6 s and one every 0.8 s."""
# ANCHOR: listing
import asyncio


async def main():
    print("start")
    await asyncio.gather(consume(items("x", 0.6)), consume(items("y", 0.8)))


async def items(name, seconds):
    for i in range(3):
        await asyncio.sleep(seconds)
        yield f"{name}{i}"


async def consume(stream):
    async for item in stream:
        print(item)


asyncio.run(main())
# ANCHOR_END: listing
