"""Three tasks multiply, each blocking the thread for a second after every factor."""
# ANCHOR: listing
import asyncio
import time


async def main():
    start = time.perf_counter()
    tasks = [
        asyncio.create_task(factorial("A", 10)),
        asyncio.create_task(factorial("B", 4)),
        asyncio.create_task(factorial("C", 6)),
    ]
    await asyncio.gather(*tasks)
    print(f"Total time: {time.perf_counter() - start:.0f} seconds")


async def factorial(name, n):
    start = time.perf_counter()
    print(f"Task {name}: Starting factorial({n})")
    product = 1
    for factor in range(1, n + 1):
        product *= factor
        time.sleep(1)
    print(f"Task {name}: factorial({n}) = {product}")
    print(f"Time taken for Task {name}: {time.perf_counter() - start:.0f} seconds")
    return product


asyncio.run(main())
# ANCHOR_END: listing
