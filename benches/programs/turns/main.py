"""Two tasks give each other a turn, over and over: nothing but switches, the
most that there is to record. Prints how many.

python3 benches/programs/turns/main.py
"""

import asyncio


async def main():
    a = asyncio.create_task(turns(100_000))
    b = asyncio.create_task(turns(100_000))
    print(await a + await b)


async def turns(n):
    done = 0
    for _ in range(n):
        await asyncio.sleep(0)
        done += 1
    return done


asyncio.run(main())
