"""Starts as many threads as you say and lets each sleep for a second."""
# ANCHOR: listing
import sys
import threading
import time

n = int(sys.argv[1]) if len(sys.argv) > 1 else 10

threads = []
for _ in range(n):
    thread = threading.Thread(target=time.sleep, args=(1,))
    thread.start()
    threads.append(thread)
for thread in threads:
    thread.join()
print(n, "threads have slept")
# ANCHOR_END: listing
