import asyncio


async def main():
    try:
        one, two, three = await asyncio.gather(fetch("one", 1), fetch("two", 2), fetch("three", 3))
    except LookupError as error:
        print(error)
    else:
        for name, size in [("one", one), ("two", two), ("three", three)]:
            print(f"{name}: {size}")


async def fetch(name, seconds):
    await asyncio.sleep(seconds)
    if name == "two":
        raise LookupError("not found")
    return len(name)


asyncio.run(main())
