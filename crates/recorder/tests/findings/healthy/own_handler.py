"""Exceptions are asked for, and the loop has a handler of the program's own."""
import asyncio


def refresh():
    raise KeyError("token")


async def save():
    raise OSError("disk full")


async def poll():
    try:
        await asyncio.sleep(60)
    except asyncio.CancelledError:
        await asyncio.sleep(0.1)
        raise


async def main():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda loop, context: print("seen", context["exception"]))
    loop.call_soon(refresh)
    saving = asyncio.create_task(save())
    polling = asyncio.create_task(poll())
    await asyncio.sleep(0.1)
    print("saving:", saving.exception())
    polling.cancel()
    await asyncio.wait([polling])


asyncio.run(main())
