"""Two loops one after the other, with a blocking sleep in between."""
import asyncio
import time


async def first():
    await asyncio.sleep(0.05)
    print("first")


async def second():
    task = asyncio.create_task(first(), name="again")
    await task
    print("second")


asyncio.run(first())
time.sleep(0.05)
print("between")
loop = asyncio.new_event_loop()
loop.run_until_complete(second())
loop.close()
