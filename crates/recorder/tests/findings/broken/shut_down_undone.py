import asyncio


async def work(queue):
    try:
        while True:
            page = await queue.get()
            if page == "empty":
                continue
            queue.task_done()
    except asyncio.QueueShutDown:
        print("no more pages")


async def main():
    queue = asyncio.Queue()
    worker = asyncio.create_task(work(queue))
    for page in ["first", "empty", "last"]:
        await queue.put(page)
    queue.shutdown()
    await queue.join()
    await worker


asyncio.run(main())
