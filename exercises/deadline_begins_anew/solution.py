import asyncio


async def main():
    jobs = asyncio.Queue()
    people = asyncio.create_task(send(jobs))
    loop = asyncio.get_running_loop()
    closing = loop.time() + 3
    while True:
        try:
            job = await asyncio.wait_for(jobs.get(), closing - loop.time())
        except asyncio.TimeoutError:
            break
        print(f"job {job}")
    print("closed")
    people.cancel()


async def send(jobs):
    for job in range(1, 6):
        await asyncio.sleep(1.1)
        await jobs.put(job)


asyncio.run(main())
