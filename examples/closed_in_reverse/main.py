"""As many resources are opened as a list says, and closed in reverse, the last first."""
# ANCHOR: listing
import asyncio
import contextlib


async def main():
    async with contextlib.AsyncExitStack() as stack:
        names = ["database", "cache", "log"]
        for name in names:
            await stack.enter_async_context(resource(name))
        print(f"at work with {len(names)}")


@contextlib.asynccontextmanager
async def resource(name):
    await asyncio.sleep(1)
    print(f"{name}: open")
    try:
        yield
    finally:
        await asyncio.sleep(1)
        print(f"{name}: closed")


asyncio.run(main())
# ANCHOR_END: listing
