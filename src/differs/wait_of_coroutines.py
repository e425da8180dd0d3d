"""asyncio.wait given coroutines instead of tasks."""
import asyncio


async def work():
    await asyncio.sleep(0.1)
    print("worked")


async def main():
    coroutines = [work(), work()]
    try:
        done, _ = await asyncio.wait(coroutines)
        print("done:", len(done))
    except TypeError as error:
        print("TypeError:", error)
        for coroutine in coroutines:
            coroutine.close()


asyncio.run(main())
