"""A resource is closed with an await whatever happens, also when its use fails."""
# ANCHOR: listing
import asyncio
import contextlib


async def main():
    try:
        async with connection():
            await use_it()
        print("fine")
    except ValueError as error:
        print(f"main got: {error}")


@contextlib.asynccontextmanager
async def connection():
    print("open")
    try:
        yield
    finally:
        await asyncio.sleep(1)
        print("closed")


async def use_it():
    print("in use")
    raise ValueError("failed")


asyncio.run(main())
# ANCHOR_END: listing
