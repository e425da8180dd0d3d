"""`main` starts a process that prints, and awaits what it printed (on Unix)."""
# CLASS: seen
# ANCHOR: listing
import asyncio
from asyncio.subprocess import PIPE


async def main():
    print("start")
    process = await asyncio.create_subprocess_exec("echo", "Hello", stdout=PIPE)
    stdout, _ = await process.communicate()
    print(f"it said {stdout.decode().strip()}")


asyncio.run(main())
# ANCHOR_END: listing
