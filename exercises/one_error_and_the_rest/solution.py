import asyncio


async def main():
    names = ["one", "two", "three"]
    calls = [fetch(name, seconds) for seconds, name in enumerate(names, 1)]
    pages = await asyncio.gather(*calls, return_exceptions=True)
    for name, page in zip(names, pages):
        print(f"{name}: {page}")


async def fetch(name, seconds):
    await asyncio.sleep(seconds)
    if name == "two":
        raise LookupError("not found")
    return len(name)


asyncio.run(main())
