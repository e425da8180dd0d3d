"""One task has the account, and the others send it their requests."""
# ANCHOR: listing
import asyncio


async def main():
    account = asyncio.Queue(8)
    actor = asyncio.create_task(keep(account))
    await asyncio.gather(withdraw("foo", 70, account), withdraw("bar", 70, account))
    await account.put(None)
    print("left:", await actor)


async def keep(account):
    balance = 100
    while (request := await account.get()) is not None:
        amount, answer = request
        if amount <= balance:
            await asyncio.sleep(1)
            balance -= amount
            answer.set_result((True, balance))
        else:
            answer.set_result((False, balance))
    return balance


async def withdraw(name, amount, account):
    answer = asyncio.get_running_loop().create_future()
    await account.put((amount, answer))
    granted, balance = await answer
    if granted:
        print(f"{name} has {amount}, and leaves {balance}")
    else:
        print(f"{name} is refused: there are {balance}")


asyncio.run(main())
# ANCHOR_END: listing
