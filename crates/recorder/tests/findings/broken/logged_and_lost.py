"""The program's own format of the log hides what asyncio says of a lost exception."""
import asyncio
import logging

logging.basicConfig(format="%(asctime)s %(name)s %(message)s")


async def save():
    raise OSError("disk full")


async def main():
    asyncio.create_task(save())
    await asyncio.sleep(1)


asyncio.run(main())
