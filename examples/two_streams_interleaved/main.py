"""Two streams are consumed together, one item every 0.4 s and one every 0.5 s."""
# ANCHOR: listing
import asyncio


async def main():
    print("start")
    await asyncio.gather(consume(items("x", 0.4)), consume(items("y", 0.5)))


async def items(name, seconds):
    for i in range(3):
        await asyncio.sleep(seconds)
        yield f"{name}{i}"


async def consume(stream):
    async for item in stream:
        print(item)


asyncio.run(main())
# ANCHOR_END: listing
