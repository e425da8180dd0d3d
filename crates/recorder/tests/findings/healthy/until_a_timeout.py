"""Timeouts end what they are around: what it has got by then, or after a clean-up."""
import asyncio


async def collect(got):
    try:
        while True:
            got.append(await asyncio.sleep(0.2, "more"))
    except asyncio.CancelledError:
        return got


async def cleans_up():
    try:
        await asyncio.sleep(1)
    finally:
        await asyncio.sleep(0.3)


async def main():
    try:
        print(await asyncio.wait_for(collect([]), 0.5))
    except asyncio.TimeoutError:
        print("too late")
    try:
        await asyncio.wait_for(cleans_up(), 0.5)
    except asyncio.TimeoutError:
        print("too late")


asyncio.run(main())
