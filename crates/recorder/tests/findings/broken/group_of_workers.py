import asyncio


async def work(queue):
    while True:
        page = await queue.get()
        await asyncio.sleep(0.1)
        if page == "bad":
            raise ValueError(page)
        queue.task_done()


async def work_off(queue):
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(work(queue))
            group.create_task(work(queue))
    except* ValueError as group:
        print("failed:", group.exceptions)


async def main():
    queue = asyncio.Queue()
    for page in ["good", "bad", "good", "good"]:
        queue.put_nowait(page)
    workers = asyncio.create_task(work_off(queue))
    await queue.join()
    workers.cancel()


asyncio.run(main())
