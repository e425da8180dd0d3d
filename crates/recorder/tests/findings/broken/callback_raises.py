"""A timer's callback raises: asyncio writes it to its log and goes on."""
import asyncio
import logging

logging.basicConfig(format="%(levelname)s: %(message)s")


def refresh():
    raise KeyError("token")


async def main():
    asyncio.get_running_loop().call_later(0.1, refresh)
    await asyncio.sleep(1)


asyncio.run(main())
