"""A notification for somebody who is cancelled at the same time."""
import asyncio


async def consume(name, condition):
    async with condition:
        await condition.wait()
        print(name, "is notified")


async def main():
    condition = asyncio.Condition()
    first = asyncio.create_task(consume("first", condition))
    second = asyncio.create_task(consume("second", condition))
    await asyncio.sleep(0.1)
    async with condition:
        condition.notify(1)
    first.cancel()
    done, waiting = await asyncio.wait([first, second], timeout=1)
    print("done:", len(done), "waiting:", len(waiting))


asyncio.run(main())
