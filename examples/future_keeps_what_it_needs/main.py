"""Two functions fill a buffer of 1,000 bytes: what of it do their coroutines keep?"""
# ANCHOR: listing
import asyncio


async def main():
    for function in [over_the_await, before_the_await]:
        task = asyncio.create_task(function())
        await asyncio.sleep(0.5)
        kept = sorted(task.get_coro().cr_frame.f_locals)
        print(function.__name__, "keeps", *kept)
        print(await task)


async def over_the_await():
    buffer = bytes(1000)
    await asyncio.sleep(1)
    return len(buffer)


async def before_the_await():
    length = len(bytes(1000))
    await asyncio.sleep(1)
    return length


asyncio.run(main())
# ANCHOR_END: listing
