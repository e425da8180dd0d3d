"""Two tasks that wait for each other, `ROUNDS` times."""

import asyncio


async def echo(arrives, back):
    while (n := await arrives.get()) is not None:
        await back.put(n)


async def main():
    there, returns = asyncio.Queue(1), asyncio.Queue(1)
    task = asyncio.create_task(echo(there, returns))
    for n in range(ROUNDS):
        await there.put(n)
        assert await returns.get() == n
    await there.put(None)
    await task


asyncio.run(main())
