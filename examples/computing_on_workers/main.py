"""A long and a short computation, each in a thread: asyncio's loop has no workers."""
# ANCHOR: listing
import asyncio
import math


async def main():
    print("start")
    long = asyncio.create_task(asyncio.to_thread(count_primes, 400_000))
    short = asyncio.create_task(asyncio.to_thread(count_primes, 50_000))
    await long
    await short


def count_primes(n):
    print(f"{primes_below(n)} primes below {n}")


def primes_below(n):
    return sum(all(n % d for d in range(2, math.isqrt(n) + 1)) for n in range(2, n))


asyncio.run(main())
# ANCHOR_END: listing
