"""Whoever has the loop's thread waits there for what the loop is to do."""
import asyncio
import concurrent.futures


async def answer():
    return 42


async def main():
    future = asyncio.run_coroutine_threadsafe(answer(), asyncio.get_running_loop())
    try:
        future.result(timeout=0.5)
    except concurrent.futures.TimeoutError:
        print("no answer")


asyncio.run(main())
