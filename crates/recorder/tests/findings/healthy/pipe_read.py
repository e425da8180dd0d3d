import asyncio
import sys

TALKS = "print('x' * 300_000)"


async def start():
    return await asyncio.create_subprocess_exec(
        sys.executable, "-c", TALKS, stdout=asyncio.subprocess.PIPE
    )


async def read_late(child):
    # Until then the pipe is full, while main waits for the end.
    await asyncio.sleep(2)
    await child.stdout.read()


async def main():
    child = await start()
    output, _ = await child.communicate()
    print(len(output), child.returncode)
    child = await start()
    reads = asyncio.create_task(read_late(child))
    print("ended with", await child.wait())
    await reads


asyncio.run(main())
