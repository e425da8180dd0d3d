import asyncio
import warnings

warnings.simplefilter("ignore")


async def main():
    for name in ("draft", "copy"):
        after(save, name)
    await asyncio.sleep(0.1)
    print("bye")


def after(function, *args):
    return function(*args)


async def save(name):
    print("saved", name)


asyncio.run(main())
