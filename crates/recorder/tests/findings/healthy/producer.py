import asyncio
import time


async def main():
    loop = asyncio.get_running_loop()
    beat = asyncio.create_task(heartbeat())
    await loop.run_in_executor(None, time.sleep, 0.3)
    print("read")
    beat.cancel()
    asyncio.create_task(serve())
    await asyncio.sleep(0.1)


async def heartbeat():
    while True:
        await asyncio.sleep(0.05)


async def serve():
    while True:
        await asyncio.sleep(0.03)
        print("served")


asyncio.run(main())
