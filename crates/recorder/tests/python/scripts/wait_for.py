"""One call in time, one that is cut off."""
import asyncio


async def nap(seconds):
    try:
        await asyncio.sleep(seconds)
        return "slept"
    except asyncio.CancelledError:
        print("cut off")
        raise


async def main():
    print(await asyncio.wait_for(nap(0.05), 0.1))
    try:
        await asyncio.wait_for(nap(0.2), 0.1)
    except asyncio.TimeoutError:
        print("too late")


asyncio.run(main())
