"""Three tasks meet at a barrier."""
import asyncio


async def come(n, barrier):
    await asyncio.sleep(n / 20)
    print(n, "is here")
    await barrier.wait()
    print(n, "goes on")


async def main():
    barrier = asyncio.Barrier(3)
    await asyncio.gather(*(come(n, barrier) for n in range(3)))


asyncio.run(main())
