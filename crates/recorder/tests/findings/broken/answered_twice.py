"""Two timers give a future its result; the second one has none to give."""
import asyncio


async def main():
    loop = asyncio.get_running_loop()
    answer = loop.create_future()
    loop.call_later(0.1, answer.set_result, "yes")
    loop.call_later(0.2, answer.set_result, "no")
    print(await answer)
    await asyncio.sleep(0.3)


asyncio.run(main())
