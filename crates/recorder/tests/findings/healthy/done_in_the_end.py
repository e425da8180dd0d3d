import asyncio


async def work(queue):
    while True:
        page = await queue.get()
        try:
            await asyncio.sleep(0.1)
        finally:
            queue.task_done()
        print("page", page)


async def main():
    queue = asyncio.Queue()
    for page in range(2):
        queue.put_nowait(page)
    workers = [asyncio.create_task(work(queue)) for _ in range(2)]
    await asyncio.sleep(0.05)
    for worker in workers:
        worker.cancel()
    await queue.join()
    print("worked off")


asyncio.run(main())
