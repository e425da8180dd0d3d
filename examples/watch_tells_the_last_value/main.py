"""The configuration changes four times while a task is busy with the first one."""
# ANCHOR: listing
import asyncio


class Watch:
    def __init__(self, value):
        self.value, self.version, self.closed = value, 0, False
        self.changed = asyncio.Condition()

    async def send(self, value):
        async with self.changed:
            self.value, self.version = value, self.version + 1
            self.changed.notify_all()

    async def close(self):
        async with self.changed:
            self.closed = True
            self.changed.notify_all()

    async def newer_than(self, seen):
        async with self.changed:
            await self.changed.wait_for(lambda: self.version > seen or self.closed)
            return self.value, self.version


async def main():
    level = Watch("info")
    task = asyncio.create_task(log(level))
    for change in ["debug", "trace", "warn", "error"]:
        await asyncio.sleep(0.4)
        await level.send(change)
    await level.close()
    await task


async def log(level):
    print("at first", level.value)
    value, seen = await level.newer_than(0)
    while True:
        print("now", value)
        await asyncio.sleep(1)
        before = seen
        value, seen = await level.newer_than(before)
        if seen == before:
            break
    print("no more changes")


asyncio.run(main())
# ANCHOR_END: listing
