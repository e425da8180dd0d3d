"""A test of a server that hangs up on silence, with a pair of sockets as its network."""
# ANCHOR: listing
import asyncio
import socket
import unittest


class Silence(unittest.IsolatedAsyncioTestCase):
    async def test_it_hangs_up(self):
        ours, theirs = socket.socketpair()
        reader, writer = await asyncio.open_connection(sock=ours)
        server = asyncio.create_task(serve(theirs, silence=0.05))
        writer.write(b"ping")
        print((await reader.readexactly(4)).decode())
        self.assertFalse(server.done())
        self.assertEqual(await reader.read(), b"")
        print("it hangs up")
        await server
        writer.close()


async def serve(sock, silence=5):
    reader, writer = await asyncio.open_connection(sock=sock)
    try:
        while True:
            await asyncio.wait_for(reader.readexactly(4), silence)
            writer.write(b"pong")
    except (asyncio.TimeoutError, asyncio.IncompleteReadError):
        writer.close()


result = unittest.TestResult()
unittest.defaultTestLoader.loadTestsFromTestCase(Silence).run(result)
print("passed" if result.wasSuccessful() else result.errors + result.failures)
# ANCHOR_END: listing
