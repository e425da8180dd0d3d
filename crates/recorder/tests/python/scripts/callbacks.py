"""Plain callbacks, soon, later, cancelled, and on a task's end."""
import asyncio


async def work():
    await asyncio.sleep(0.05)
    return "done"


async def main():
    loop = asyncio.get_running_loop()
    loop.call_soon(print, "soon")
    loop.call_later(0.02, print, "later")
    loop.call_later(0.01, print, "never").cancel()
    task = asyncio.create_task(work())
    task.add_done_callback(lambda task: print("callback", task.result()))
    print("main")
    await asyncio.sleep(0.1)


asyncio.run(main())
