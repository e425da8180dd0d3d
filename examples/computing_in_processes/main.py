"""Two equal computations, each in a process."""
# ANCHOR: listing
import math
from concurrent.futures import ProcessPoolExecutor


def main():
    print("start")
    with ProcessPoolExecutor(2) as processes:
        for count in processes.map(primes_below, [400_000, 400_000]):
            print(f"{count} primes")


def primes_below(n):
    return sum(all(n % d for d in range(2, math.isqrt(n) + 1)) for n in range(2, n))


if __name__ == "__main__":
    main()
# ANCHOR_END: listing
