"""`main` waits for a timer, and is woken when the time has come."""
# ANCHOR: listing
import asyncio


async def main():
    print("main waits")
    await asyncio.sleep(1)
    print("main goes on")


asyncio.run(main())
# ANCHOR_END: listing
