"""`main` waits for a signal, and a task has it sent after a second."""
# ANCHOR: listing
import asyncio
import os
import signal


async def main():
    received = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGUSR1, received.set)
    task = asyncio.create_task(send_signal())
    print("main waits")
    await received.wait()
    print("main got the signal")


async def send_signal():
    await asyncio.sleep(1)
    print("sending it")
    os.kill(os.getpid(), signal.SIGUSR1)


asyncio.run(main())
# ANCHOR_END: listing
