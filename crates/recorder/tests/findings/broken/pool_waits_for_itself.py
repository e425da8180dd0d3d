import asyncio
from concurrent.futures import ThreadPoolExecutor


def inner():
    return 1


async def ask(loop, pool):
    return await loop.run_in_executor(pool, inner)


async def main():
    loop, pool = asyncio.get_running_loop(), ThreadPoolExecutor(1)
    await loop.run_in_executor(pool, outer, loop, pool)


def outer(loop, pool):
    return asyncio.run_coroutine_threadsafe(ask(loop, pool), loop).result()


asyncio.run(main())
