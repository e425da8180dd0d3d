"""Two tasks lock the same two accounts, each in an order of its own."""
# ANCHOR: listing
import asyncio


class Account:
    def __init__(self):
        self.lock = asyncio.Lock()
        self.sum = 0


async def main():
    ann, bob = Account(), Account()
    rent = asyncio.create_task(pay_rent(ann, bob))
    repair = asyncio.create_task(pay_repair(ann, bob))
    done, pending = await asyncio.wait([rent, repair], timeout=5)
    print("nothing for five seconds" if pending else "all is paid")


async def pay_rent(ann, bob):
    async with ann.lock:
        print("rent: ann's account is open")
        await asyncio.sleep(0.1)
        async with bob.lock:
            ann.sum -= 500
            bob.sum += 500
    print("rent: paid")


async def pay_repair(ann, bob):
    async with bob.lock:
        print("repair: bob's account is open")
        await asyncio.sleep(0.1)
        async with ann.lock:
            bob.sum -= 80
            ann.sum += 80
    print("repair: paid")


asyncio.run(main())
# ANCHOR_END: listing
