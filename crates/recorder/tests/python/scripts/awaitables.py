"""Tasks of what is no coroutine."""
import asyncio


class Delay:
    def __await__(self):
        yield from asyncio.sleep(0.05).__await__()
        return "slept"


class Answer:
    def __init__(self):
        loop = asyncio.get_running_loop()
        self.future = loop.create_future()
        loop.call_later(0.05, self.future.set_result, 42)

    def __await__(self):
        return self.future.__await__()


async def count():
    sent = yield 1
    yield sent


async def main():
    print(await asyncio.ensure_future(Delay()))
    print(await asyncio.ensure_future(Answer()))
    generator = count()
    print(await asyncio.ensure_future(generator.__anext__()))
    print(await asyncio.ensure_future(generator.asend(2)))
    await asyncio.ensure_future(generator.aclose())


asyncio.run(main())
