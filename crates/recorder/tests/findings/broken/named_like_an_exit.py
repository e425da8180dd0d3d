"""What ends `main` is no way to end, whatever it is called."""
import asyncio


class SystemExitFailed(Exception):
    pass


async def main():
    await asyncio.sleep(1)
    raise SystemExitFailed("the pump does not stop")


asyncio.run(main())
