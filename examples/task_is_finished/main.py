"""`main` looks at two tasks from outside: one finishes, one is cancelled."""
# ANCHOR: listing
import asyncio


async def main():
    task = asyncio.create_task(asyncio.sleep(1))
    print(f"just spawned: {state(task)}")
    await asyncio.sleep(0.5)
    print(f"half way: {state(task)}")
    await asyncio.sleep(1)
    print(f"later: {state(task)}")

    task = asyncio.create_task(asyncio.sleep(10))
    await asyncio.sleep(0.5)
    task.cancel()
    print(f"just cancelled: {state(task)}")
    await asyncio.sleep(0)
    print(f"one round later: {state(task)}")


def state(task):
    return "finished" if task.done() else "not finished"


asyncio.run(main())
# ANCHOR_END: listing
