import asyncio


async def main():
    queue = asyncio.Queue()

    async def send(n):
        await asyncio.sleep(1)
        await queue.put(n)

    async def take():
        for _ in range(3):
            print(f"got {await queue.get()}")
        print("that was all")

    await asyncio.gather(take(), *(send(n) for n in [1, 2, 3]))


asyncio.run(main())
