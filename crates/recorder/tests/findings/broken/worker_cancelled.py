import asyncio


async def work(queue):
    while True:
        page = await queue.get()
        await asyncio.sleep(0.1)
        queue.task_done()
        print("page", page)


async def main():
    queue = asyncio.Queue()
    for page in range(3):
        queue.put_nowait(page)
    worker = asyncio.create_task(work(queue))
    await asyncio.sleep(0.15)
    worker.cancel()
    await queue.join()


asyncio.run(main())
