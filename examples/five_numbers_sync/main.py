"""Five calls one after the other, with no async anywhere."""
# ANCHOR: listing
import time


def main():
    for i in range(5):
        print_number(i)


def print_number(i):
    print("Sleeping for 1 second...")
    time.sleep(1)
    print(f"Number: {i}")


start = time.perf_counter()
main()
print(f"Total time: {time.perf_counter() - start:.0f} seconds")
# ANCHOR_END: listing
