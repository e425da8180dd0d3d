"""A reader keeps the read that it has begun while it looks at the clock."""
# ANCHOR: listing
import asyncio


async def main():
    server = asyncio.StreamReader()
    task = asyncio.create_task(send(server))
    read = asyncio.create_task(server.readexactly(4))
    while True:
        done, _ = await asyncio.wait({read}, timeout=0.4)
        if not done:
            print("tick")
            continue
        try:
            print(read.result().decode())
        except asyncio.IncompleteReadError:
            print("end of file")
            break
        read = asyncio.create_task(server.readexactly(4))
    await task


async def send(server):
    for part in ["wa", "ve", "fa", "ll"]:
        await asyncio.sleep(0.25)
        server.feed_data(part.encode())
    server.feed_eof()


asyncio.run(main())
# ANCHOR_END: listing
