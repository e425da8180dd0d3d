import asyncio


async def serve(reader, writer):
    await reader.read()


async def main():
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
    server.close()
    await server.wait_closed()
    writer.close()


asyncio.run(main())
