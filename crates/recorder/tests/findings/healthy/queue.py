import asyncio


async def main():
    queue = asyncio.Queue(maxsize=3)
    workers = [asyncio.create_task(worker(queue)) for _ in range(3)]
    for i in range(9):
        await queue.put(i)
        await asyncio.sleep(0.01)
    await queue.join()
    for one in workers:
        one.cancel()
    await asyncio.gather(*workers, return_exceptions=True)
    try:
        await asyncio.wait_for(asyncio.sleep(9), 1)
    except asyncio.TimeoutError:
        print("in time")


async def worker(queue):
    while True:
        item = await queue.get()
        await asyncio.sleep(0.02)
        print(item)
        queue.task_done()


asyncio.run(main())
