"""A cancel that is taken back before the task has run again."""
import asyncio


async def main():
    task = asyncio.current_task()
    task.cancel()
    print("left:", task.uncancel())
    try:
        await asyncio.sleep(0.1)
        print("slept")
    except asyncio.CancelledError:
        print("cancelled")


asyncio.run(main())
