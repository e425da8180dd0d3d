"""Coroutines that are objects of a class, as libraries for HTTP and databases return
them: gathered, awaited with a limit of time, and plainly.
"""
import asyncio
from collections.abc import Coroutine


class Request(Coroutine):
    def __init__(self, coro):
        self._coro = coro
        self._answer = None

    def send(self, value):
        return self._coro.send(value)

    def throw(self, *args):
        return self._coro.throw(*args)

    def close(self):
        return self._coro.close()

    def __await__(self):
        return self._coro.__await__()


class Slotted(Request):
    __slots__ = ("__private",)


async def fetch(n):
    await asyncio.sleep(n / 20)
    return n


async def main():
    print(await asyncio.gather(*(kind(fetch(n)) for kind, n in ((Request, 2), (Slotted, 1)))))
    print(await asyncio.wait_for(Request(fetch(1)), 1))
    print(await Request(fetch(1)))


asyncio.run(main())
