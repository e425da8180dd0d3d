import asyncio


async def main():
    stopped = asyncio.Event()
    worker = asyncio.create_task(work(stopped))
    await asyncio.sleep(1.5)
    stopped.set()
    await worker
    print("stopped")


async def work(stopped):
    for job in range(1, 5):
        if stopped.is_set():
            break
        print(f"job {job} begun")
        await asyncio.sleep(1)
        print(f"job {job} saved")


asyncio.run(main())
