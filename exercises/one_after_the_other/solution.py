import asyncio


async def main():
    one, two, three = await asyncio.gather(fetch("one"), fetch("two"), fetch("three"))
    print(f"3 pages, {one + two + three} letters")


async def fetch(page):
    """A page takes a second to come."""
    await asyncio.sleep(1)
    return len(page)


asyncio.run(main())
