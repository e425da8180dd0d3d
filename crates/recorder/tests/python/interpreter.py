"""Runs a program given as data: a list of operations, JSON in `PROGRAM`.

Each operation is a list, its name first. Every time is in milliseconds.
"""
import asyncio
import json


class Interpreter:
    """What the tasks of a program share."""

    def __init__(self):
        self.lock = asyncio.Lock()
        self.permits = asyncio.Semaphore(2)
        self.event = asyncio.Event()
        self.queue = asyncio.Queue()

    async def run(self, operations):
        """Runs operations in turn, and then awaits what they spawned."""
        spawned = []
        for name, *arguments in operations:
            await getattr(self, name)(spawned, *arguments)
        for task in spawned:
            await self.outcome(task)

    async def outcome(self, task):
        try:
            await task
        except asyncio.CancelledError:
            print("was cancelled")
        except ValueError as error:
            print(error)

    async def show(self, spawned, word):
        print(word)

    async def sleep(self, spawned, ms):
        await asyncio.sleep(ms / 1000)

    async def turn(self, spawned):
        await asyncio.sleep(0)

    async def spawn(self, spawned, operations):
        spawned.append(asyncio.create_task(self.run(operations)))

    async def join(self, spawned):
        if spawned:
            await self.outcome(spawned.pop(0))

    async def cancel(self, spawned):
        if spawned:
            spawned[-1].cancel()

    async def gather(self, spawned, several):
        results = await asyncio.gather(*map(self.run, several), return_exceptions=True)
        print([type(result).__name__ for result in results])

    async def within(self, spawned, ms, operations):
        try:
            await asyncio.wait_for(self.run(operations), ms / 1000)
        except asyncio.TimeoutError:
            print("too late")

    async def locked(self, spawned, operations):
        async with self.lock:
            await self.run(operations)

    async def permitted(self, spawned, operations):
        async with self.permits:
            await self.run(operations)

    async def put(self, spawned, word):
        self.queue.put_nowait(word)

    async def get(self, spawned, ms):
        try:
            print("got", await asyncio.wait_for(self.queue.get(), ms / 1000))
        except asyncio.TimeoutError:
            print("got nothing")

    async def set(self, spawned):
        self.event.set()

    async def wait(self, spawned):
        await self.event.wait()
        print("the event")

    async def fail(self, spawned, word):
        raise ValueError(word)


async def main():
    interpreter = Interpreter()
    task = asyncio.create_task(interpreter.run(json.loads(PROGRAM)))
    await asyncio.sleep(0.7)
    interpreter.event.set()
    await interpreter.outcome(task)
    print("end")
