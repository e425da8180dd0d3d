"""One task awaits five calls in a loop, one after the other."""
# ANCHOR: listing
import asyncio
import time


async def main():
    for i in range(5):
        await print_number(i)


async def print_number(i):
    print("Sleeping for 1 second...")
    await asyncio.sleep(1)
    print(f"Number: {i}")


start = time.perf_counter()
asyncio.run(main())
print(f"Total time: {time.perf_counter() - start:.0f} seconds")
# ANCHOR_END: listing
