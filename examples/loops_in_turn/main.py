"""Two loops are made, used and closed on one thread, one after the other."""
# ANCHOR: listing
import asyncio


def main():
    print(f"before: {here()}")
    for name in ["first", "second"]:
        asyncio.run(foo(name))
        print(f"after the {name}: {here()}")


async def foo(name):
    print(f"in the {name}: {here()}")


def here():
    try:
        asyncio.get_running_loop()
        return "a loop"
    except RuntimeError:
        return "no loop"


main()
# ANCHOR_END: listing
