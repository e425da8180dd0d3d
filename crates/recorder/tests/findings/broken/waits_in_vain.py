import asyncio


async def main():
    ready = asyncio.Event()
    task = asyncio.create_task(save(ready))
    done, _ = await asyncio.wait([task], timeout=1)
    if not done:
        print("nothing to save in a second")


async def save(ready):
    print("waiting")
    await ready.wait()
    print("saved")


asyncio.run(main())
