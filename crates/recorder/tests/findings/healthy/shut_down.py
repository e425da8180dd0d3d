import asyncio


async def work(queue):
    try:
        while True:
            page = await queue.get()
            await asyncio.sleep(0.1)
            print("page", page)
            queue.task_done()
    except asyncio.QueueShutDown:
        print("no more pages")


async def main(immediate):
    queue = asyncio.Queue()
    worker = asyncio.create_task(work(queue))
    for page in ["first", "last"]:
        await queue.put(page)
    await asyncio.sleep(0.05)
    queue.shutdown(immediate)
    await queue.join()
    await worker


asyncio.run(main(False))
asyncio.run(main(True))
