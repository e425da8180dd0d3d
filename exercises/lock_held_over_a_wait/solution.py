import asyncio


async def main():
    pages, lock = [], asyncio.Lock()
    await asyncio.gather(add(pages, lock, "one"), add(pages, lock, "two"), add(pages, lock, "three"))
    print(f"{len(pages)} pages")


async def add(pages, lock, name):
    page = await fetch(name)
    async with lock:
        pages.append(page)


async def fetch(name):
    """A page takes a second to come."""
    await asyncio.sleep(1)
    return f"the page {name}"


asyncio.run(main())
