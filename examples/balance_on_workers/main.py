"""Two tasks pay 10 into an account, with a lock around each access."""
# ANCHOR: listing
import asyncio

balance = 0


async def main():
    lock = asyncio.Lock()
    await asyncio.gather(pay_in(lock), pay_in(lock))
    print(f"the balance is {balance}")


async def pay_in(lock):
    global balance
    async with lock:
        old = balance
    async with lock:
        balance = old + 10


asyncio.run(main())
# ANCHOR_END: listing
