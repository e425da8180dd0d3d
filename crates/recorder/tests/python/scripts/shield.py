"""What is shielded goes on when the one who waits is cancelled."""
import asyncio


async def work():
    await asyncio.sleep(0.1)
    print("worked")


async def shielded():
    try:
        await asyncio.shield(work())
    except asyncio.CancelledError:
        print("cancelled")
        raise


async def main():
    task = asyncio.create_task(shielded())
    await asyncio.sleep(0.05)
    task.cancel()
    await asyncio.wait([task])
    await asyncio.sleep(0.1)
    print("end")


asyncio.run(main())
