import asyncio


async def main():
    jobs = asyncio.Queue()
    people = asyncio.create_task(send(jobs))
    async def take():
        while True:
            print(f"job {await jobs.get()}")

    try:
        await asyncio.wait_for(take(), 3)
    except asyncio.TimeoutError:
        pass
    print("closed")
    people.cancel()


async def send(jobs):
    for job in range(1, 6):
        await asyncio.sleep(1.1)
        await jobs.put(job)


asyncio.run(main())
