"""A program without its import gets no further than the first use of it."""


async def main():
    task1 = asyncio.create_task(fetch_data())
    print(await task1)


async def fetch_data():
    print("start fetching")
    return {"data": 1}


asyncio.run(main())
