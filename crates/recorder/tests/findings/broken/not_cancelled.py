"""A task catches whatever ends it, so asyncio.run waits for it for ever."""
import asyncio


async def poll():
    while True:
        try:
            await asyncio.sleep(1)
        except BaseException:
            print("again")


async def main():
    asyncio.create_task(poll())
    await asyncio.sleep(2.5)


asyncio.run(main())
