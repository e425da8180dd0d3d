import asyncio


async def main():
    go = asyncio.Event()
    task = asyncio.create_task(work(go))
    await task


async def work(go):
    print("waiting")
    await go.wait()
    print("working")


asyncio.run(main())
