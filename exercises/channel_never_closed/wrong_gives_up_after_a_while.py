import asyncio


async def main():
    queue = asyncio.Queue()

    async def send(n):
        await asyncio.sleep(1)
        await queue.put(n)

    async def take():
        try:
            while True:
                n = await asyncio.wait_for(queue.get(), 5)
                print(f"got {n}")
        except asyncio.TimeoutError:
            pass
        print("that was all")

    await asyncio.gather(take(), *(send(n) for n in [1, 2, 3]))


asyncio.run(main())
