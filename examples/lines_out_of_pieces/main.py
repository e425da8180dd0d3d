"""A client sends a text in pieces, and a server reads it by lines."""
# ANCHOR: listing
import asyncio


async def main():
    server = asyncio.StreamReader()
    task = asyncio.create_task(send(server))
    async for line in server:
        print(line.decode().rstrip("\n"))
    await task


async def send(server):
    for piece in ["one\ntwo\nth", "re", "e\nfour"]:
        server.feed_data(piece.encode())
        await asyncio.sleep(1)
    server.feed_eof()


asyncio.run(main())
# ANCHOR_END: listing
