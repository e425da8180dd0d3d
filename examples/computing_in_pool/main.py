"""A long and a short computation, each in a pool beside the runtime's one thread."""
# ANCHOR: listing
import asyncio
import math
from concurrent.futures import ProcessPoolExecutor


async def main():
    print("start")
    with ProcessPoolExecutor(2) as pool:
        long = asyncio.create_task(count_primes(pool, 400_000))
        short = asyncio.create_task(count_primes(pool, 50_000))
        await long
        await short


async def count_primes(pool, n):
    loop = asyncio.get_running_loop()
    count = await loop.run_in_executor(pool, primes_below, n)
    print(f"{count} primes below {n}")


def primes_below(n):
    return sum(all(n % d for d in range(2, math.isqrt(n) + 1)) for n in range(2, n))


if __name__ == "__main__":
    asyncio.run(main())
# ANCHOR_END: listing
