"""A reader wants words of four bytes, and looks at the clock between them."""
# ANCHOR: listing
import asyncio


async def main():
    server = asyncio.StreamReader()
    task = asyncio.create_task(send(server))
    while True:
        try:
            word = await asyncio.wait_for(server.readexactly(4), 0.4)
            print(word.decode())
        except asyncio.TimeoutError:
            print("tick")
        except asyncio.IncompleteReadError:
            print("end of file")
            break
    await task


async def send(server):
    for part in ["wa", "ve", "fa", "ll"]:
        await asyncio.sleep(0.25)
        server.feed_data(part.encode())
    server.feed_eof()


asyncio.run(main())
# ANCHOR_END: listing
