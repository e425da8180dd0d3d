"""An async function runs without any runtime: a plain loop drives it."""
# ANCHOR: listing
import types


def main():
    coroutine = foo()
    while True:
        print("go on")
        try:
            coroutine.send(None)
            print("not ready")
        except StopIteration as stop:
            print(f"ready: {stop.value}")
            break


async def foo():
    print("foo")
    await pending()
    print("bar")
    return 42


@types.coroutine
def pending():
    yield


main()
# ANCHOR_END: listing
