"""Three tasks that stay on one thread share a number that is not made for several."""
# ANCHOR: listing
import asyncio

count = 0


async def main():
    tasks = [asyncio.create_task(add_one()) for _ in range(3)]
    await asyncio.gather(*tasks)
    print(f"3 times one is {count}")


async def add_one():
    global count
    count += 1


asyncio.run(main())
# ANCHOR_END: listing
