"""Three tasks add one to a number after a sleep, with no await between reading and
writing.
"""
# ANCHOR: listing
import asyncio

count = 0


async def main():
    tasks = [asyncio.create_task(add_one()) for _ in range(3)]
    await asyncio.gather(*tasks)
    print(f"3 times one is {count}")


async def add_one():
    global count
    print("sleeping")
    await asyncio.sleep(0.5)
    value = count
    print(f"read {value}")
    count = value + 1
    print(f"wrote {count}")


asyncio.run(main())
# ANCHOR_END: listing
