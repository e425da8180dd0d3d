"""Nothing refers to the task but the future it waits for, and that nothing refers to."""
import asyncio
import gc


async def reply():
    await asyncio.get_running_loop().create_future()


async def main():
    asyncio.create_task(reply())
    await asyncio.sleep(0.1)
    gc.collect()
    await asyncio.sleep(0.1)


asyncio.run(main())
