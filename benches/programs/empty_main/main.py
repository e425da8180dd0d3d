"""Starts an event loop, does nothing in it, and ends."""
# ANCHOR: listing
import asyncio


async def main():
    pass


asyncio.run(main())
# ANCHOR_END: listing
