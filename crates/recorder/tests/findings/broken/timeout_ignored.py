"""A call catches the cancellation that its timeout throws, and goes on."""
import asyncio


async def measure():
    while True:
        try:
            await asyncio.sleep(1)
        except asyncio.CancelledError:
            print("once more")


async def main():
    await asyncio.wait_for(measure(), 1.5)


asyncio.run(main())
