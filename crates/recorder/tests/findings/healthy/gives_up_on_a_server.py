import asyncio


async def main():
    asked = asyncio.Queue()
    serving = asyncio.create_task(serve(asked))
    asked.put_nowait("bread")
    done, _ = await asyncio.wait([serving], timeout=1)
    print("closed", len(done))


async def serve(asked):
    while True:
        print("asked for", await asked.get())


asyncio.run(main())
