import asyncio


async def main():
    worker = asyncio.create_task(work())
    await asyncio.sleep(1.5)
    await worker
    print("stopped")


async def work():
    for job in range(1, 5):
        print(f"job {job} begun")
        await asyncio.sleep(1)
        print(f"job {job} saved")


asyncio.run(main())
