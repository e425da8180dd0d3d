"""Two functions race, one second against two, and the loser is cancelled."""
# ANCHOR: listing
import asyncio


async def main():
    print("Hello")
    tasks = [asyncio.create_task(foo("foo", 1)), asyncio.create_task(foo("bar", 2))]
    done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in pending:
        task.cancel()
    print(f"{done.pop().result()} wins")
    await asyncio.sleep(2)
    print("World")


async def foo(name, seconds):
    await asyncio.sleep(seconds)
    print(f"{name} is done")
    return name


asyncio.run(main())
# ANCHOR_END: listing
