"""Three requests take two steps each, and a step that takes long says so itself."""
# ANCHOR: listing
import asyncio
import itertools


async def main():
    await asyncio.gather(*(answer(request) for request in (1, 2, 3)))


async def answer(request):
    await watched(request, "database", query(request))
    await watched(request, "template", asyncio.sleep(0.2))
    print(f"request {request}: answered")


async def query(request):
    await asyncio.sleep(3.5 if request == 2 else 0.3)


async def watched(request, step, coroutine):
    """Gives what the step gives, and says each second that it is not there yet."""
    task = asyncio.ensure_future(coroutine)
    for seconds in itertools.count(1):
        done, _ = await asyncio.wait({task}, timeout=1)
        if done:
            return await task
        print(f"request {request}: {seconds} s for the {step}")


asyncio.run(main())
# ANCHOR_END: listing
