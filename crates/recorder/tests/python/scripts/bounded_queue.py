"""A bounded queue: the producer waits for room, the consumer for messages."""
import asyncio


async def produce(queue):
    for i in range(4):
        await queue.put(i)
        print("put", i)


async def consume(queue):
    while True:
        print("got", await queue.get())
        await asyncio.sleep(0.05)
        queue.task_done()


async def main():
    queue = asyncio.Queue(maxsize=2)
    consumer = asyncio.create_task(consume(queue))
    await asyncio.sleep(0.02)
    await produce(queue)
    await queue.join()
    consumer.cancel()
    print("worked off")


asyncio.run(main())
