"""An exception that nobody asks for, and a coroutine that nobody awaits."""
import asyncio


async def fail():
    raise ValueError("no")


async def main():
    task = asyncio.create_task(fail())
    await asyncio.sleep(0.05)
    print("still here")
    del task
    print("dropped")
    fail()


asyncio.run(main())
