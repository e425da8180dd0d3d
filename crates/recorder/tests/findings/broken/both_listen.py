import asyncio


async def serve(reader, writer):
    hello = await reader.readline()
    writer.write(hello)
    await writer.drain()
    writer.close()


async def main():
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
    server.close()
    welcome = await reader.readline()
    writer.write(welcome)
    writer.close()


asyncio.run(main())
