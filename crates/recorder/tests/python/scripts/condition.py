"""Two tasks wait for a notification, and then in turn for the lock."""
import asyncio


async def wait(name, condition):
    async with condition:
        await condition.wait()
        print(name)


async def main():
    condition = asyncio.Condition()
    tasks = [asyncio.create_task(wait(name, condition)) for name in "ab"]
    await asyncio.sleep(0.05)
    async with condition:
        condition.notify_all()
        await asyncio.sleep(0.05)
        print("notified")
    await asyncio.gather(*tasks)


asyncio.run(main())
