"""Sets a timer 500 times, 5 ms ahead, and looks how late it fires: on a quiet
loop, beside a task that computes, beside a task that holds the thread."""
# ANCHOR: listing
import asyncio
import sys
import time


async def main():
    beside = sys.argv[1] if len(sys.argv) > 1 else "quiet"
    others = {"quiet": None, "busy": busy, "held": held}[beside]
    if others:
        other = asyncio.create_task(others())
    late = sorted(await asyncio.create_task(lateness(500)))
    for percent in [0, 10, 25, 50, 75, 90, 95, 99, 100]:
        index = (len(late) - 1) * percent // 100
        print(f"{percent:3} % at most {late[index] * 1e6:.0f} µs late")


async def lateness(timers):
    late = []
    for _ in range(timers):
        due = time.monotonic() + 0.005
        await asyncio.sleep(due - time.monotonic())
        late.append(time.monotonic() - due)
    return late


async def busy():
    """Computes all the time, and lets the others run after every 0.1 ms."""
    while True:
        start = time.monotonic()
        while time.monotonic() - start < 0.0001:
            pass
        await asyncio.sleep(0)


async def held():
    """Holds the thread for 10 ms, twenty times a second."""
    while True:
        time.sleep(0.01)
        await asyncio.sleep(0.04)


asyncio.run(main())
# ANCHOR_END: listing
