"""Whether wait_closed waits for a connection that is open."""
import asyncio


async def talk(reader, writer):
    await reader.read()
    writer.close()


async def main():
    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    address = server.sockets[0].getsockname()
    reader, writer = await asyncio.open_connection(*address)
    await asyncio.sleep(0.1)
    server.close()
    try:
        await asyncio.wait_for(server.wait_closed(), 0.2)
        print("closed at once")
    except asyncio.TimeoutError:
        print("waits for the connection")
    writer.close()
    await writer.wait_closed()


asyncio.run(main())
