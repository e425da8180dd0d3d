import asyncio


async def main():
    for name, seconds in [("one", 1), ("two", 2), ("three", 3)]:
        try:
            size = await fetch(name, seconds)
            print(f"{name}: {size}")
        except LookupError as error:
            print(f"{name}: {error}")


async def fetch(name, seconds):
    await asyncio.sleep(seconds)
    if name == "two":
        raise LookupError("not found")
    return len(name)


asyncio.run(main())
