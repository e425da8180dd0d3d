"""Three waits of 0.6, 0.9 and 1.2 s, each in a thread."""
# ANCHOR: listing
import time
from concurrent.futures import ThreadPoolExecutor


def main():
    print("start")
    with ThreadPoolExecutor(3) as threads:
        for ms in threads.map(wait, [600, 900, 1200]):
            print(f"waited {ms} ms")


def wait(ms):
    time.sleep(ms / 1000)
    return ms


main()
# ANCHOR_END: listing
