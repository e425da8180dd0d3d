"""An exit of the program's own ends it, with the status that it names."""
import asyncio


class Done(SystemExit):
    pass


async def main():
    await asyncio.sleep(1)
    raise Done(3)


asyncio.run(main())
