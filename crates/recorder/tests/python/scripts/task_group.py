"""A task group that ends well, and one whose failure stops the others."""
import asyncio


async def nap(word, seconds):
    try:
        await asyncio.sleep(seconds)
        print(word)
    except asyncio.CancelledError:
        print("stopped")
        raise


async def fail():
    await asyncio.sleep(0.05)
    raise ValueError("no")


async def main():
    async with asyncio.TaskGroup() as group:
        group.create_task(nap("b", 0.1))
        group.create_task(nap("a", 0.05))
    print("both")
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(nap("c", 0.2))
            group.create_task(fail())
            group.create_task(nap("d", 0.3))
    except ExceptionGroup as error:
        print(error.exceptions)


asyncio.run(main())
