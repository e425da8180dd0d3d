"""A task sends an order through a queue, another takes it, and both write that down."""
# ANCHOR: listing
import asyncio

log = []


async def main():
    orders = asyncio.Queue(1)
    await asyncio.gather(send(orders), take(orders))
    for line in log:
        print(line)


async def send(orders):
    await orders.put(1)
    log.append("sent")


async def take(orders):
    await orders.get()
    log.append("taken")


asyncio.run(main())
# ANCHOR_END: listing
