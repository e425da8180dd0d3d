"""Three fetches in a group, and two of them fail at the same moment. Needs Python 3.11."""
# ANCHOR: listing
import asyncio


async def main():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(fetch("users", 1, "no such host"))
            group.create_task(fetch("orders", 1, "access denied"))
            prices = group.create_task(fetch("prices", 2))
        print(prices.result(), "are there")
    except* OSError as failed:
        for error in failed.exceptions:
            print(error)
        print("prices cancelled:", prices.cancelled())


async def fetch(what, seconds, error=None):
    await asyncio.sleep(seconds)
    if error:
        raise OSError(f"{what}: {error}")
    return what


asyncio.run(main())
# ANCHOR_END: listing
