import asyncio

money = {"ann": 1000, "bob": 1000}


async def main():
    ann, bob = asyncio.Lock(), asyncio.Lock()
    await asyncio.gather(pay_rent(ann, bob), pay_repair(ann, bob))


async def pay_rent(ann, bob):
    await look_into_it()
    async with ann:
        async with bob:
            move("ann", "bob", 500)
            print("rent: paid")


async def pay_repair(ann, bob):
    await look_into_it()
    async with ann:
        async with bob:
            move("bob", "ann", 80)
            print("repair: paid")


async def look_into_it():
    await asyncio.sleep(0.1)


def move(giver, taker, amount):
    money[giver] -= amount
    money[taker] += amount


asyncio.run(main())
