"""The counting task is spawned after the fetched value is there."""
# ANCHOR: listing
import asyncio


async def main():
    task1 = asyncio.create_task(fetch_data())
    value = await task1
    task2 = asyncio.create_task(print_numbers())
    print(value)


async def fetch_data():
    print("start fetching")
    await asyncio.sleep(2)
    print("done fetching")
    return {"data": 1}


async def print_numbers():
    for i in range(10):
        print(i)
        await asyncio.sleep(0.5)


asyncio.run(main())
# ANCHOR_END: listing
