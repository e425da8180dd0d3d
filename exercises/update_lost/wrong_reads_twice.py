import asyncio

balance = 0


async def main():
    await asyncio.gather(pay(50), pay(150))
    print(f"balance: {balance}")


async def pay(amount):
    global balance
    old = balance
    if balance != old:
        old = balance
    await approve()
    balance = old + amount


async def approve():
    """It takes a second."""
    await asyncio.sleep(1)


asyncio.run(main())
