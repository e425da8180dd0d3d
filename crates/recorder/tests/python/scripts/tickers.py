"""Two tickers that do not drift: every second tick of one meets one of the other."""
import asyncio


def set_timer(name, period, times, deadline):
    if times:
        deadline += period
        asyncio.get_running_loop().call_at(deadline, tick, name, period, times, deadline)


def tick(name, period, times, deadline):
    print(name)
    set_timer(name, period, times - 1, deadline)


async def main():
    loop = asyncio.get_running_loop()
    set_timer("fast", 0.1, 4, loop.time())
    set_timer("slow", 0.2, 2, loop.time())
    await asyncio.sleep(0.5)


asyncio.run(main())
