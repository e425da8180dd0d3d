import asyncio


async def serve(reader, writer):
    hello = await reader.readline()
    writer.write(hello)


async def main():
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        welcome = await reader.readline()
        writer.write(welcome)


asyncio.run(main())
