"""Each message has its length before it."""
# ANCHOR: listing
import asyncio


async def main():
    server = asyncio.StreamReader()
    sender = asyncio.create_task(send(server))
    try:
        while True:
            message = await read_frame(server)
            print("got", message.decode())
            await asyncio.sleep(1)
    except asyncio.IncompleteReadError:
        await sender


async def send(server):
    for message in ["Hello", "", "World"]:
        server.feed_data(frame(message.encode()))
        print("sent", message)
    server.feed_eof()


def frame(message):
    return len(message).to_bytes(2, "big") + message


async def read_frame(reader):
    length = await reader.readexactly(2)
    return await reader.readexactly(int.from_bytes(length, "big"))


asyncio.run(main())
# ANCHOR_END: listing
