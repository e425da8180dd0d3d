"""A function that awaits itself, one level each second."""
# ANCHOR: listing
import asyncio


async def main():
    print("1 + 2 + 3 =", await sum_to(3))


async def sum_to(number):
    if number == 0:
        return 0
    print("down to", number)
    await asyncio.sleep(1)
    rest = await sum_to(number - 1)
    print("up from", number)
    return number + rest


asyncio.run(main())
# ANCHOR_END: listing
