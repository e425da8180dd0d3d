"""`main` waits for two seconds of sleep, but for no longer than one."""
# ANCHOR: listing
import asyncio


async def main():
    try:
        await asyncio.wait_for(foo(), timeout=1)
        print("in time")
    except asyncio.TimeoutError:
        print("too late")
    await asyncio.sleep(2)
    print("World")


async def foo():
    print("foo")
    await asyncio.sleep(2)
    print("bar")


asyncio.run(main())
# ANCHOR_END: listing
