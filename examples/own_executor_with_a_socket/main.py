"""A task waits for a socket and another for a timer, on a loop of its own."""
# ANCHOR: listing
import heapq
import itertools
import select
import sys
import time
from collections import deque

ready = deque()
timers = []
readers = {}
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


class Loop:
    async def sock_recv(self, sock, size):
        while True:
            try:
                return sock.recv(size)
            except BlockingIOError:
                readers[sock] = current
                await Suspend()


class Suspend:
    def __await__(self):
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
    left = max(0, timers[0][0] - time.monotonic()) if timers else None
    for sock in select.select(list(readers), [], [], left)[0]:
        wake(readers.pop(sock))
    now = time.monotonic()
    while timers and timers[0][0] <= now:
        wake(heapq.heappop(timers)[2])


# What is called asyncio below.
create_task = Task
get_running_loop = Loop
sleep = Sleep
sys.modules["asyncio"] = sys.modules[__name__]

import asyncio
import socket


async def main():
    loop = asyncio.get_running_loop()
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sock.bind(("127.0.0.1", 0))
    sock.setblocking(False)
    task = asyncio.create_task(send(sock.getsockname()))
    word = await loop.sock_recv(sock, 4)
    print("got", word.decode())
    sock.close()


async def send(to):
    await asyncio.sleep(1)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        print("send ping")
        sock.sendto(b"ping", to)


asyncio.run(main())
# ANCHOR_END: listing
