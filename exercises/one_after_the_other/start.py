import asyncio


async def main():
    one = await fetch("one")
    two = await fetch("two")
    three = await fetch("three")
    print(f"3 pages, {one + two + three} letters")


async def fetch(page):
    """A page takes a second to come."""
    await asyncio.sleep(1)
    return len(page)


asyncio.run(main())
