import asyncio


async def main():
    queue = asyncio.Queue()
    await queue.put("tea")
    for _ in range(5):
        try:
            order = await asyncio.wait_for(next_order(queue), 0.3)
            return print(order)
        except asyncio.TimeoutError:
            print("tick")
    print("no order")


async def next_order(queue):
    """Takes an order and checks it, for 0.8 s."""
    order = await queue.get()
    return order


asyncio.run(main())
