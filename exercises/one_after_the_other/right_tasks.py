import asyncio


async def main():
    tasks = [asyncio.create_task(fetch(page)) for page in ["one", "two", "three"]]
    one, two, three = [await task for task in tasks]
    print(f"3 pages, {one + two + three} letters")


async def fetch(page):
    """A page takes a second to come."""
    await asyncio.sleep(1)
    return len(page)


asyncio.run(main())
