"""Sends back whatever it gets, on as many connections as come."""
# ANCHOR: listing
import asyncio
import sys


async def main():
    address = sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1:7000"
    host, port = address.split(":")
    server = await asyncio.start_server(echo, host, port, backlog=1024)
    host, port = server.sockets[0].getsockname()
    print(f"listening on {host}:{port}", flush=True)
    async with server:
        await server.serve_forever()


async def echo(reader, writer):
    while data := await reader.read(1024):
        writer.write(data)
        await writer.drain()
    writer.close()


asyncio.run(main())
# ANCHOR_END: listing
