"""`main` waits for an answer from a server, and is woken when the socket has it."""
# ANCHOR: listing
import asyncio


async def main():
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    host, port = server.sockets[0].getsockname()
    reader, writer = await asyncio.open_connection(host, port)
    print("main sends ping")
    writer.write(b"ping")
    answer = await reader.read()
    print(f"main got {answer.decode()}")
    writer.close()
    server.close()


async def serve(reader, writer):
    question = await reader.readexactly(4)
    print(f"server got {question.decode()}")
    await asyncio.sleep(1)
    writer.write(b"pong")
    writer.close()


asyncio.run(main())
# ANCHOR_END: listing
