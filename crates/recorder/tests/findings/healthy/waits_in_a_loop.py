"""Workers that wait for the next job for ever, in tasks that asyncio makes for that."""
import asyncio


async def get(jobs):
    return await jobs.get()


async def one_by_one(jobs):
    while True:
        try:
            print(await asyncio.wait_for(jobs.get(), 10))
        except asyncio.TimeoutError:
            print("nothing to do")


async def by_two(jobs):
    while True:
        print(await asyncio.gather(get(jobs), get(jobs)))


async def main():
    one, two = asyncio.Queue(), asyncio.Queue()
    workers = [asyncio.create_task(one_by_one(one)), asyncio.create_task(by_two(two))]
    for n in range(3):
        one.put_nowait(n)
        two.put_nowait(n)
    await asyncio.sleep(1)
    print("workers:", len(workers))


asyncio.run(main())
