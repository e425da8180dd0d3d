"""Sockets of every kind, with this process at both ends."""
import asyncio
import os
import socket
import tempfile


async def handle(reader, writer):
    line = await reader.readline()
    await asyncio.sleep(0.05)
    print("server got", line)
    writer.write(line)
    writer.close()


class Echo(asyncio.DatagramProtocol):
    def connection_made(self, transport):
        self.transport = transport

    def datagram_received(self, data, address):
        asyncio.get_running_loop().call_later(0.05, self.transport.sendto, data, address)


class Client(asyncio.DatagramProtocol):
    def __init__(self):
        self.answer = asyncio.get_running_loop().create_future()

    def datagram_received(self, data, address):
        self.answer.set_result(data)


async def ask(connection, question):
    reader, writer = await connection
    writer.write(question)
    print(await reader.readline())
    writer.close()


async def main():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "socket")
        server = await asyncio.start_unix_server(handle, path)
        await ask(asyncio.open_unix_connection(path), b"unix\n")
        server.close()

    server = await asyncio.start_server(handle, "0.0.0.0", 0)
    port = server.sockets[0].getsockname()[1]
    await ask(asyncio.open_connection("127.0.0.1", port), b"tcp\n")
    # Closed before it is accepted.
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(b"in one go\n")
    await asyncio.sleep(0.1)
    server.close()

    loop = asyncio.get_running_loop()
    echo, _ = await loop.create_datagram_endpoint(Echo, local_addr=("127.0.0.1", 0))
    address = echo.get_extra_info("sockname")
    connected, client = await loop.create_datagram_endpoint(Client, remote_addr=address)
    connected.sendto(b"to where it is connected")
    print(await client.answer)
    bound, client = await loop.create_datagram_endpoint(Client, local_addr=("127.0.0.1", 0))
    bound.sendto(b"to an address", address)
    print(await client.answer)
    for transport in (echo, connected, bound):
        transport.close()


asyncio.run(main())
