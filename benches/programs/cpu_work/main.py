"""The same computation four ways: in turn, as tasks, on threads, in processes."""
# ANCHOR: listing
import asyncio
import sys
import time
from concurrent.futures import ProcessPoolExecutor

PIECES = 64


async def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 1000

    start = time.monotonic()
    total = sum(work(piece, rounds) for piece in range(PIECES))
    print(f"in turn        {(time.monotonic() - start) * 1e6:.0f} µs")

    start = time.monotonic()
    tasks = [asyncio.create_task(as_task(piece, rounds)) for piece in range(PIECES)]
    assert total == sum(await asyncio.gather(*tasks))
    print(f"create_task    {(time.monotonic() - start) * 1e6:.0f} µs")

    start = time.monotonic()
    threads = [asyncio.to_thread(work, piece, rounds) for piece in range(PIECES)]
    assert total == sum(await asyncio.gather(*threads))
    print(f"to_thread      {(time.monotonic() - start) * 1e6:.0f} µs")

    loop = asyncio.get_running_loop()
    with ProcessPoolExecutor() as pool:
        start = time.monotonic()
        runs = [loop.run_in_executor(pool, work, piece, rounds) for piece in range(PIECES)]
        assert total == sum(await asyncio.gather(*runs))
        print(f"processes      {(time.monotonic() - start) * 1e6:.0f} µs")


def work(seed, rounds):
    """Nothing but computing: each step needs the one before it."""
    x = seed + 1
    for _ in range(rounds):
        x ^= x << 13 & 0xFFFFFFFFFFFFFFFF
        x ^= x >> 7
        x ^= x << 17 & 0xFFFFFFFFFFFFFFFF
    return x


async def as_task(seed, rounds):
    return work(seed, rounds)


if __name__ == "__main__":
    asyncio.run(main())
# ANCHOR_END: listing
