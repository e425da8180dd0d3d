"""An event that is cleared at once wakes whoever waits; one that nobody waits for is
asked whether it was set."""
import asyncio


async def wait(pulse):
    await pulse.wait()
    return "awake"


async def main():
    pulse, stop = asyncio.Event(), asyncio.Event()
    waiting = [asyncio.create_task(wait(pulse)) for _ in range(2)]
    await asyncio.sleep(0.1)
    pulse.set()
    pulse.clear()
    print(await asyncio.gather(*waiting))
    for _ in range(2):
        pulse.set()
        pulse.clear()
    again = asyncio.create_task(wait(pulse))
    asyncio.get_running_loop().call_later(0.1, pulse.set)
    print(await again)
    stop.set()
    print(stop.is_set())
    stop.clear()


asyncio.run(main())
