"""Ten pages are fetched one after the other, from a server that takes 0.2 s for
each.
"""
# ANCHOR: listing
import asyncio


async def main():
    print("start")
    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    host, port = server.sockets[0].getsockname()
    for page in range(10):
        print(await fetch(host, port, page))
    server.close()


async def fetch(host, port, page):
    reader, writer = await asyncio.open_connection(host, port)
    writer.write(f"{page}\n".encode())
    text = await reader.read()
    writer.close()
    return text.decode()


async def answer(reader, writer):
    page = await reader.readline()
    await asyncio.sleep(0.2)
    writer.write(b"page " + page.rstrip())
    writer.close()


asyncio.run(main())
# ANCHOR_END: listing
