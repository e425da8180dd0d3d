"""Three waits of 0.6, 0.9 and 1.2 s, each in a process."""
# ANCHOR: listing
import time
from concurrent.futures import ProcessPoolExecutor


def main():
    print("start")
    with ProcessPoolExecutor(3) as processes:
        for ms in processes.map(wait, [600, 900, 1200]):
            print(f"waited {ms} ms")


def wait(ms):
    time.sleep(ms / 1000)
    return ms


if __name__ == "__main__":
    main()
# ANCHOR_END: listing
