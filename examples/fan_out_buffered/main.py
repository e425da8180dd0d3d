"""Five fetches, two at a time, started as there is room for them."""
# ANCHOR: listing
import asyncio


async def main():
    fetches, running = iter([4, 1, 1, 3, 2]), set()
    while True:
        while len(running) < 2 and (seconds := next(fetches, None)):
            running.add(asyncio.create_task(fetch(seconds)))
        if not running:
            break
        done, running = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
        for page in done:
            print("got the page of", page.result(), "s")


async def fetch(seconds):
    print("begin", seconds, "s")
    await asyncio.sleep(seconds)
    return seconds


asyncio.run(main())
# ANCHOR_END: listing
