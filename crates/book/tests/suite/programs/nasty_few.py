"""Names that mermaid could take for an order, that are cut alike, and none."""
import asyncio

NAMES = ["wrap: it", "nowrap: it", ":wrap: it", "", "task 4", "job", "job", "job #1", "y" * 300, "y" * 300 + "z"]


async def main():
    await asyncio.gather(*(asyncio.create_task(says(name), name=name) for name in NAMES))


async def says(name):
    await asyncio.sleep(0.01)
    print(name)


asyncio.run(main())
