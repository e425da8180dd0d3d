"""`asyncio.run` cancels what is left, in turn, and waits for it."""
import asyncio


async def left(name, seconds):
    try:
        await asyncio.sleep(10)
    finally:
        print(name, "cleans up")
        await asyncio.sleep(seconds)
        print(name, "is clean")


async def main():
    tasks = [asyncio.create_task(left(name, n / 20)) for n, name in enumerate("cab", 1)]
    await asyncio.sleep(0.05)
    print("main is done")


asyncio.run(main())
