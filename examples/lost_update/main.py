"""Three tasks add one to a number, and each awaits between reading and writing it."""
# ANCHOR: listing
import asyncio

count = 0


async def main():
    tasks = [asyncio.create_task(add_one()) for _ in range(3)]
    await asyncio.gather(*tasks)
    print(f"3 times one is {count}")


async def add_one():
    global count
    value = count
    print(f"read {value}")
    await asyncio.sleep(0.5)
    count = value + 1
    print(f"wrote {count}")


asyncio.run(main())
# ANCHOR_END: listing
