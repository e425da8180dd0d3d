"""Three tasks, whose timers are due at the same time, three times."""

import asyncio


async def steps(name):
    for step in range(3):
        await asyncio.sleep(1)
        print(f"{name}{step}")


async def main():
    await asyncio.gather(*map(steps, "abc"))


asyncio.run(main())
