"""Three tasks end in three ways: with a value, cancelled, and in a panic."""
# ANCHOR: listing
import asyncio


async def main():
    finishing = asyncio.create_task(finishes())
    sleeping = asyncio.create_task(sleeps())
    failing = asyncio.create_task(fails())
    sleeping.cancel()
    await tell(finishing)
    await tell(sleeping)
    await tell(failing)


async def tell(task):
    try:
        print(f"finished: {await task}")
    except asyncio.CancelledError:
        print("cancelled")
    except ValueError as error:
        print(f"failed: {error}")


async def finishes():
    return 42


async def sleeps():
    await asyncio.sleep(10)
    return 42


async def fails():
    raise ValueError("boom")


asyncio.run(main())
# ANCHOR_END: listing
