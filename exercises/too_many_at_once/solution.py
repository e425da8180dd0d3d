import asyncio

under_way = 0
places = None


async def main():
    global places
    places = asyncio.Semaphore(2)
    pages = await asyncio.gather(*(page() for _ in range(6)))
    print(f"{len(pages)} pages")


async def page():
    async with places:
        await fetch()


async def fetch():
    """It takes a second, and the server wants two at once at most."""
    global under_way
    under_way += 1
    if under_way == 3:
        print("too many at once")
    await asyncio.sleep(1)
    under_way -= 1


asyncio.run(main())
