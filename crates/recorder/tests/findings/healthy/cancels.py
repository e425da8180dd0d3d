"""Tasks that are cancelled in all the ways that there are."""

import asyncio


async def work():
    await asyncio.sleep(5)


async def cancelled(task):
    try:
        await task
    except asyncio.CancelledError:
        print("cancelled")


async def main():
    loop = asyncio.get_running_loop()
    task = asyncio.create_task(work())
    loop.call_soon(task.cancel)
    await cancelled(task)
    task = asyncio.create_task(work())
    loop.call_later(0.1, task.cancel)
    await cancelled(task)
    task = asyncio.create_task(work())
    task.add_done_callback(lambda _: print("over"))
    await asyncio.sleep(0.1)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    asked = asyncio.run_coroutine_threadsafe(work(), loop)
    await asyncio.sleep(0.1)
    asked.cancel()
    await asyncio.sleep(0.1)


asyncio.run(main())
