"""Three tasks wait at a gate, and `main` opens it after a second."""
# ANCHOR: listing
import asyncio


async def main():
    gate = asyncio.Event()
    tasks = [asyncio.create_task(pass_through(name, gate)) for name in "ABC"]
    await asyncio.sleep(1)
    print("the gate opens")
    gate.set()
    await asyncio.gather(*tasks)


async def pass_through(name, gate):
    print(f"{name} waits")
    await gate.wait()
    print(f"{name} goes through")


asyncio.run(main())
# ANCHOR_END: listing
