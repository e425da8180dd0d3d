import asyncio


async def main():
    for page in ["one", "two", "three"]:
        fetch(page).close()
    one = two = three = 0
    print(f"3 pages, {one + two + three} letters")


async def fetch(page):
    """A page takes a second to come."""
    await asyncio.sleep(1)
    return len(page)


asyncio.run(main())
