"""The handler of a signal sets an event, for which the loop does not wake up."""
import asyncio
import signal


async def main():
    done = asyncio.Event()
    signal.signal(signal.SIGALRM, lambda *_: done.set())
    signal.setitimer(signal.ITIMER_REAL, 0.1)
    asyncio.get_running_loop().call_later(0.5, print, "half a second")
    await done.wait()
    print("done")


asyncio.run(main())
