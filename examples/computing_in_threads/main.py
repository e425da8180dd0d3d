"""Two equal computations, each in a thread."""
# ANCHOR: listing
import math
from concurrent.futures import ThreadPoolExecutor


def main():
    print("start")
    with ThreadPoolExecutor(2) as threads:
        for count in threads.map(primes_below, [400_000, 400_000]):
            print(f"{count} primes")


def primes_below(n):
    return sum(all(n % d for d in range(2, math.isqrt(n) + 1)) for n in range(2, n))


main()
# ANCHOR_END: listing
