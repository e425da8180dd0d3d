"""An echo over loopback."""
import asyncio


async def handle(reader, writer):
    while line := await reader.readline():
        print("server got", line)
        await asyncio.sleep(0.05)
        writer.write(line.upper())
        await writer.drain()
    writer.close()


async def main():
    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for word in (b"one\n", b"two\n"):
        writer.write(word)
        print("client got", await reader.readline())
    writer.close()
    await writer.wait_closed()
    await asyncio.sleep(0.05)
    server.close()
    print("end")


asyncio.run(main())
