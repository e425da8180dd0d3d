import asyncio

under_way = 0


async def main():
    left, pages = iter(range(6)), []

    async def worker():
        for _ in left:
            await page()
            pages.append(1)

    await asyncio.gather(worker(), worker())
    print(f"{len(pages)} pages")


async def page():
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
