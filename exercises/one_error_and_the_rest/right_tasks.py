import asyncio


async def main():
    tasks = {n: asyncio.create_task(fetch(n, s)) for n, s in [("one", 1), ("two", 2), ("three", 3)]}
    for name, task in tasks.items():
        try:
            print(f"{name}: {await task}")
        except LookupError as error:
            print(f"{name}: {error}")


async def fetch(name, seconds):
    await asyncio.sleep(seconds)
    if name == "two":
        raise LookupError("not found")
    return len(name)


asyncio.run(main())
