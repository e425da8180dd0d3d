"""One task fetches for two seconds, another counts every half second: a tie at the
end.
"""
# CLASS: seen
# ANCHOR: listing
import asyncio


async def main():
    task1 = asyncio.create_task(fetch_data())
    task2 = asyncio.create_task(print_numbers())
    value = await task1
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
