"""Two tasks each have a value of their own under one name."""
# ANCHOR: listing
import asyncio
import contextvars

user = contextvars.ContextVar("user")


async def main():
    task1 = asyncio.create_task(greet("foo", 1))
    task2 = asyncio.create_task(greet("bar", 2))
    await task1
    await task2


async def greet(name, seconds):
    user.set(name)
    print(f"Hello {user.get()}")
    await asyncio.sleep(seconds)
    print(f"still {user.get()}")


asyncio.run(main())
# ANCHOR_END: listing
