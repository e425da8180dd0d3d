"""What serves a connection raises; the client sees nothing of it."""
import asyncio


async def serve(reader, writer):
    line = await reader.readline()
    writer.write(int(line))


async def main():
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"seven\n")
    await asyncio.sleep(0.1)
    writer.close()


asyncio.run(main())
