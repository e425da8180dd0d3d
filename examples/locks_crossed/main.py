"""Two tasks take the same two locks, each in an order of its own."""
# ANCHOR: listing
import asyncio


async def main():
    fork, knife = asyncio.Lock(), asyncio.Lock()
    ann = asyncio.create_task(eat("ann", fork, knife))
    bob = asyncio.create_task(eat("bob", knife, fork))
    done, pending = await asyncio.wait([ann, bob], timeout=5)
    if pending:
        print("nobody eats for five seconds")


async def eat(name, first, second):
    async with first, second:
        print(f"{name} eats")


asyncio.run(main())
# ANCHOR_END: listing
