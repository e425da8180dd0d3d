import asyncio


async def main():
    a, b = asyncio.Lock(), asyncio.Lock()
    await asyncio.gather(there(a, b), back(a, b))


async def there(a, b):
    async with a:
        await asyncio.sleep(0.01)
        async with b:
            print("there")


async def back(a, b):
    async with b:
        await asyncio.sleep(0.01)
        async with a:
            print("back")


asyncio.run(main())
