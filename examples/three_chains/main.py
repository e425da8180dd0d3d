"""Three chains of calls, each call in need of the result before it, overlap."""
# ANCHOR: listing
import asyncio


async def main():
    chains = [
        asyncio.create_task(chain("A", 1)),
        asyncio.create_task(chain("B", 10)),
        asyncio.create_task(chain("C", 100)),
    ]
    for task in chains:
        await task


async def chain(name, start):
    print(f"{name} starts with {start}")
    first = await double(start)
    second = await double(first)
    third = await double(second)
    print(f"{name} has {first}, {second}, {third}")


async def double(n):
    await asyncio.sleep(1)
    return 2 * n


asyncio.run(main())
# ANCHOR_END: listing
