"""A task is made while a loop runs, which then stands still, and runs again. Needs Python 3.11."""
# ANCHOR: listing
import asyncio


def main():
    with asyncio.Runner() as runner:
        runner.run(first())
        print("nobody runs it")
        runner.run(second())


async def first():
    global task
    task = asyncio.create_task(foo())
    await asyncio.sleep(1)
    print("first: end")


async def foo():
    print("foo: start")
    await asyncio.sleep(2)
    print("foo: end")


async def second():
    await asyncio.sleep(2)
    print("second: end")


main()
# ANCHOR_END: listing
