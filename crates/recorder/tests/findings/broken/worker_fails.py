import asyncio


async def work(queue):
    while True:
        page = await queue.get()
        if page == "bad":
            raise ValueError(page)
        queue.task_done()

async def main():
    queue = asyncio.Queue()
    workers = [asyncio.create_task(work(queue)) for _ in range(2)]
    for page in ["good", "bad", "good"]:
        queue.put_nowait(page)
    await queue.join()
    for worker in workers:
        worker.cancel()


asyncio.run(main())
