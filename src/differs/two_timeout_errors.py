"""A timeout that `except TimeoutError` is to catch."""
import asyncio


async def main():
    try:
        await asyncio.wait_for(asyncio.sleep(1), 0.1)
    except TimeoutError:
        print("too late")
    except Exception as error:
        print("not caught:", type(error).__mro__[0:2])


asyncio.run(main())
