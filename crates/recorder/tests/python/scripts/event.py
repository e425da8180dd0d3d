"""Two tasks wait for an event that main sets."""
import asyncio


async def wait(name, event):
    await event.wait()
    print(name)


async def main():
    event = asyncio.Event()
    tasks = [asyncio.create_task(wait(name, event)) for name in "ab"]
    await asyncio.sleep(0.05)
    event.set()
    print("set")
    await asyncio.gather(*tasks)


asyncio.run(main())
