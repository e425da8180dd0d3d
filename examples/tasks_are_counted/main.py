"""A server starts a task for each request, and a count shows that not all of them end."""
# ANCHOR: listing
import asyncio


async def main():
    tasks = [asyncio.create_task(count())]
    for request in range(19):
        tasks.append(asyncio.create_task(answer(request)))
        await asyncio.sleep(0.5)


async def answer(request):
    await asyncio.sleep(0.7)
    if request % 4 == 3:
        await asyncio.Event().wait()


async def count():
    while True:
        alive = len(asyncio.all_tasks())
        print(f"{alive - 2} requests under way")
        await asyncio.sleep(2)


asyncio.run(main())
# ANCHOR_END: listing
