"""Two queues are read together until both are closed."""
# ANCHOR: listing
import asyncio


async def main():
    queues = [shop("order", 2, 0.3), shop("return", 3, 0.5)]
    gets = {asyncio.create_task(queue.get()): queue for queue in queues}
    while gets:
        done, _ = await asyncio.wait(gets, return_when=asyncio.FIRST_COMPLETED)
        for get in [get for get in gets if get in done]:
            queue = gets.pop(get)
            if get.result() is not None:
                print(get.result())
                gets[asyncio.create_task(queue.get())] = queue
    print("closed")


def shop(what, how_many, pause):
    queue = asyncio.Queue()

    async def fill():
        for number in range(1, how_many + 1):
            await asyncio.sleep(pause)
            await queue.put(f"{what} {number}")
        await queue.put(None)

    tasks.add(asyncio.create_task(fill()))
    return queue


tasks = set()
asyncio.run(main())
# ANCHOR_END: listing
