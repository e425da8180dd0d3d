import asyncio


async def main():
    queue = asyncio.Queue()

    async def send(n):
        await asyncio.sleep(1)
        await queue.put(n)

    async def take():
        while (n := await queue.get()) is not None:
            print(f"got {n}")
        print("that was all")

    taking = asyncio.create_task(take())
    await asyncio.gather(*(send(n) for n in [1, 2, 3]))
    await queue.put(None)
    await taking


asyncio.run(main())
