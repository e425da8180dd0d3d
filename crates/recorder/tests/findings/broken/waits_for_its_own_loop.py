import asyncio


async def answer():
    return 42


async def main():
    loop = asyncio.get_running_loop()
    asked = asyncio.run_coroutine_threadsafe(answer(), loop)
    print(asked.result())


asyncio.run(main())
