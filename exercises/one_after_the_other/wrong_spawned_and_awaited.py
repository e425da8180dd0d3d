import asyncio


async def main():
    one = await asyncio.create_task(fetch("one"))
    two = await asyncio.create_task(fetch("two"))
    three = await asyncio.create_task(fetch("three"))
    print(f"3 pages, {one + two + three} letters")


async def fetch(page):
    """A page takes a second to come."""
    await asyncio.sleep(1)
    return len(page)


asyncio.run(main())
