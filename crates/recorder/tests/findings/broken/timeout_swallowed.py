"""What a timeout is to end catches the cancellation and tries again: nobody hears of it."""
import asyncio


async def fetch():
    for _ in range(3):
        try:
            await asyncio.sleep(1)
            return "answer"
        except BaseException:
            print("once more")


async def main():
    print(await asyncio.wait_for(fetch(), 0.5))


asyncio.run(main())
