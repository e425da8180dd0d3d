"""What wait_for runs: a task of its own, or whoever waits."""
import asyncio
from contextvars import ContextVar

user = ContextVar("user", default="nobody")


async def log_in():
    user.set("ada")
    await asyncio.sleep(0.1)
    print("logs in:", asyncio.current_task().get_name())


async def main():
    print("main:", asyncio.current_task().get_name())
    await asyncio.wait_for(log_in(), 1)
    print("user:", user.get())


asyncio.run(main())
