import asyncio
import sys

TALKS = "print('x' * 300_000)"


async def main():
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-c", TALKS, stdout=asyncio.subprocess.PIPE
    )
    try:
        await asyncio.wait_for(child.wait(), 3)
    except asyncio.TimeoutError:
        child.kill()
        print("gave it up")
    await child.communicate()


asyncio.run(main())
