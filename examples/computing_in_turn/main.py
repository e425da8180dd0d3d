"""Two equal computations, one after the other."""
# ANCHOR: listing
import math


def main():
    print("start")
    print(f"{primes_below(400_000)} primes")
    print(f"{primes_below(400_000)} primes")


def primes_below(n):
    return sum(all(n % d for d in range(2, math.isqrt(n) + 1)) for n in range(2, n))


main()
# ANCHOR_END: listing
