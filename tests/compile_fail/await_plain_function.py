"""The result of an ordinary function cannot be awaited."""
import asyncio
import time


def third_party_call():
    time.sleep(1)
    print("the call is over")
    return 42


async def main():
    answer = await third_party_call()
    print(answer)


asyncio.run(main())
