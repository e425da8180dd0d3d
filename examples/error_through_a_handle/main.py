"""What a task returns or raises comes through its handle."""
# ANCHOR: listing
import asyncio


async def main():
    for text in ["8080", "80a0", ""]:
        try:
            print("port", await start(text))
        except ValueError as error:
            print("no number:", error)
        except AssertionError as error:
            print("the task failed:", error)


async def start(text):
    task = asyncio.create_task(read_port(text))
    port = await task
    print("got", port)
    return port


async def read_port(text):
    await asyncio.sleep(1)
    assert text, "an empty port"
    port = int(text)
    print("read", port)
    return port


asyncio.run(main())
# ANCHOR_END: listing
