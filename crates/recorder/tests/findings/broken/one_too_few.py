"""A barrier waits for one more than will ever come."""
import asyncio


async def player(table):
    await table.wait()


async def main():
    table = asyncio.Barrier(4)
    await asyncio.gather(*(player(table) for _ in range(3)))


asyncio.run(main())
