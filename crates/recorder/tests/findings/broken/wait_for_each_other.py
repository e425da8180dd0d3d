import asyncio

tasks = {}


async def first():
    await asyncio.sleep(0.1)
    return await tasks["second"]


async def second():
    await asyncio.sleep(0.1)
    return await tasks["first"]


async def main():
    tasks["first"] = asyncio.ensure_future(first())
    tasks["second"] = asyncio.ensure_future(second())
    await asyncio.wait(tasks.values())


asyncio.run(main())
