"""`main` packs three orders and leaves the receipts to tasks that nobody awaits."""
# ANCHOR: listing
import asyncio


async def main():
    tasks = []
    for order in range(1, 4):
        tasks.append(asyncio.create_task(send_receipt(order)))
        await asyncio.sleep(0.2)
        print(f"order {order} is packed")


async def send_receipt(order):
    await asyncio.sleep(0.5)
    print(f"receipt {order} is sent")


asyncio.run(main())
# ANCHOR_END: listing
