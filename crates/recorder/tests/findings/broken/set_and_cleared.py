"""A door is opened and shut before anybody has come to it."""
import asyncio


async def guest(door):
    await door.wait()
    print("inside")


async def main():
    door = asyncio.Event()
    guests = [asyncio.create_task(guest(door)) for _ in range(2)]
    door.set()
    door.clear()
    await asyncio.gather(*guests)


asyncio.run(main())
