import asyncio
import sys

TALKS = "print('x' * 300_000)"


async def main():
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-c", TALKS, stdout=asyncio.subprocess.PIPE
    )
    print("ended with", await child.wait())


asyncio.run(main())
