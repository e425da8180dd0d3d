"""Five tasks are spawned and never awaited; `main` just sleeps longer than they do."""
# ANCHOR: listing
import asyncio
import time


async def main():
    tasks = []
    for i in range(5):
        task = asyncio.create_task(print_number(i))
        tasks.append(task)
    await asyncio.sleep(1.5)


async def print_number(i):
    print("Sleeping for 1 second...")
    await asyncio.sleep(1)
    print(f"Number: {i}")


start = time.perf_counter()
asyncio.run(main())
print(f"Total time: {time.perf_counter() - start:.1f} seconds")
# ANCHOR_END: listing
