"""A server that ends when it is told to by a signal, both ways."""

import asyncio
import os
import signal


async def until(handle):
    stop = asyncio.Event()
    handle(asyncio.get_running_loop(), stop)
    asyncio.get_running_loop().call_later(0.1, os.kill, os.getpid(), signal.SIGUSR1)
    await stop.wait()
    print("stopped")


def by_the_loop(loop, stop):
    loop.add_signal_handler(signal.SIGUSR1, stop.set)


def by_python(loop, stop):
    loop.remove_signal_handler(signal.SIGUSR1)
    signal.signal(signal.SIGUSR1, lambda *_: loop.call_soon_threadsafe(stop.set))


async def main():
    await until(by_the_loop)
    await until(by_python)


asyncio.run(main())
