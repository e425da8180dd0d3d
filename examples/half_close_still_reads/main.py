"""A client says that it has sent everything, and then reads the answer."""
# ANCHOR: listing
import asyncio
import socket


async def main():
    ours, theirs = socket.socketpair()
    server = asyncio.create_task(serve(theirs))
    reader, writer = await asyncio.open_connection(sock=ours)
    for number in ["1 ", "2 ", "3"]:
        writer.write(number.encode())
        await asyncio.sleep(1)
    writer.write_eof()
    print("that was all")
    answer = await reader.read()
    print("the sum is", answer.decode())
    writer.close()
    await server


async def serve(socket):
    reader, writer = await asyncio.open_connection(sock=socket)
    numbers = (await reader.read()).decode()
    print("got", numbers)
    total = sum(int(number) for number in numbers.split())
    writer.write(str(total).encode())
    writer.close()
    await writer.wait_closed()


asyncio.run(main())
# ANCHOR_END: listing
