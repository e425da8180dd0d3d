"""A server and its client in one program: idle for a while, and closed in order."""

import asyncio


async def serve(reader, writer):
    try:
        while line := await reader.readline():
            await asyncio.sleep(0.2)
            writer.write(line)
            await writer.drain()
    finally:
        writer.close()


async def main():
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
    for _ in range(2):
        writer.write(b"hello\n")
        print(await reader.readline())
        await asyncio.sleep(0.3)
    writer.close()
    await writer.wait_closed()
    server.close()
    await server.wait_closed()


asyncio.run(main())
