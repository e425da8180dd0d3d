"""Interprets a program of `timers.rs`, which is data: timers that share their
deadlines, in whatever order they are set, and some that are cancelled.

A slot is a 64th of a second, a power of two, so that `deadline + period` is the
same float as `start + slot`, whatever the start. Callbacks fire at even slots,
tasks wake at odd ones, and what is reckoned from now has a place in between:
timers that differ by microseconds fire together or not, as chance has it on a
machine's clock, and on that depends how the heap looks when the next is set.
"""

import asyncio
import json
import sys

SLOT = 1 / 64
handles = {}
start = 0.0


def do(operation):
    loop = asyncio.get_running_loop()
    kind, name, slot, *rest = operation
    if kind == "at":
        handles[name] = loop.call_at(start + 2 * slot * SLOT, fire, name, rest[0])
    elif kind == "later":
        handles[name] = loop.call_later((2 * slot + 0.5) * SLOT, fire, name, [])
    elif kind == "ticker":
        tick(name, 2 * slot * SLOT, rest[0], start)
    elif kind == "cancel":
        # Of all that are set, whichever it is.
        for other in [*handles][slot : slot + 1]:
            handles[other].cancel()
    else:
        tasks.append(asyncio.ensure_future(TASKS[kind](name, (2 * slot + 1) * SLOT)))


def fire(name, then):
    print(name)
    for operation in then:
        do(operation)


def tick(name, period, times, deadline):
    if deadline != start:
        print(name, times)
    if times:
        loop = asyncio.get_running_loop()
        deadline += period
        handles[name] = loop.call_at(deadline, tick, name, period, times - 1, deadline)


async def sleep(name, delay):
    await asyncio.sleep(delay)
    print(name)


async def until(name, delay):
    try:
        async with asyncio.timeout_at(start + delay):
            await asyncio.sleep(60)
    except asyncio.TimeoutError:
        print(name)


async def within(name, delay):
    try:
        async with asyncio.timeout(delay):
            await asyncio.sleep(60)
    except asyncio.TimeoutError:
        print(name)


TASKS = {"sleep": sleep, "until": until, "within": within}
if sys.version_info < (3, 11):
    TASKS = dict.fromkeys(TASKS, sleep)
tasks = []


async def main():
    global start
    start = asyncio.get_running_loop().time()
    for operation in json.loads(PROGRAM):
        do(operation)
    await asyncio.sleep(48 * SLOT)
    await asyncio.gather(*tasks)
