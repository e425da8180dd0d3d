import asyncio


stopped = False


async def main():
    global stopped
    worker = asyncio.create_task(work())
    await asyncio.sleep(1.5)
    stopped = True
    await worker
    print("stopped")


async def work():
    for job in range(1, 5):
        print(f"job {job} begun")
        await asyncio.sleep(1)
        if stopped:
            break
        print(f"job {job} saved")


asyncio.run(main())
