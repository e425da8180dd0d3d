import asyncio


async def main():
    queue = asyncio.Queue()
    await queue.put("tea")
    async def clock():
        while True:
            await asyncio.sleep(0.3)
            print("tick")

    ticking = asyncio.create_task(clock())
    print(await next_order(queue))
    ticking.cancel()


async def next_order(queue):
    """Takes an order and checks it, for 0.8 s."""
    order = await queue.get()
    await asyncio.sleep(0.8)
    return order


asyncio.run(main())
