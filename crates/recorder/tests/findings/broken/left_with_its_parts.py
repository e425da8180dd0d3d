"""Nobody waits for the task that waits for two others."""
import asyncio


async def save(what):
    await asyncio.sleep(1)
    print("saved", what)


async def save_all():
    await asyncio.gather(save("text"), save("pictures"))


async def main():
    task = asyncio.create_task(save_all())
    await asyncio.sleep(0.1)
    print("done:", task.done())


asyncio.run(main())
