"""The program of `v8`, unchanged, on a loop of its own instead of asyncio's."""
# ANCHOR: listing
import heapq
import itertools
import sys
import time
from collections import deque

ready = deque()
timers = []
alive = []
numbers = itertools.count()
current = None


class Task:
    def __init__(self, coroutine):
        self.number = len(alive)
        self.coroutine = coroutine
        self.done = False
        self.result = None
        self.waits = []
        alive.append(self)
        ready.append(self)

    def step(self):
        global current
        current = self
        print(f"(step {self.number})")
        try:
            self.coroutine.send(None)
            print(f"({self.number} is suspended)")
        except StopIteration as stop:
            print(f"({self.number} is done)")
            self.done, self.result = True, stop.value
            for task in self.waits:
                wake(task)

    def __await__(self):
        if not self.done:
            self.waits.append(current)
            yield
        return self.result


class Sleep:
    def __init__(self, seconds):
        self.until = time.monotonic() + seconds

    def __await__(self):
        heapq.heappush(timers, (self.until, next(numbers), current))
        yield


def wake(task):
    print(f"(wake {task.number})")
    ready.append(task)


def run(coroutine):
    main = Task(coroutine)
    while not main.done:
        if not ready:
            wait()
        step_all()
    step_all()  # As asyncio, which ends a round later.
    for task in alive:
        if not task.done:
            print(f"(close {task.number})")
            task.coroutine.close()
    return main.result


def step_all():
    for _ in range(len(ready)):
        ready.popleft().step()


def wait():
    print("(nothing to run)")
    time.sleep(max(0, timers[0][0] - time.monotonic()))
    now = time.monotonic()
    while timers and timers[0][0] <= now:
        wake(heapq.heappop(timers)[2])


# What is called asyncio below.
create_task = Task
sleep = Sleep
sys.modules["asyncio"] = sys.modules[__name__]

import asyncio


async def main():
    print("Hello")
    task1 = asyncio.create_task(foo("foo", "bar", 1))
    task2 = asyncio.create_task(foo("baz", "qux", 2))
    await task1
    await asyncio.sleep(0.5)
    print("World")


async def foo(before, after, seconds):
    print(before)
    await asyncio.sleep(seconds)
    print(after)


asyncio.run(main())
# ANCHOR_END: listing
