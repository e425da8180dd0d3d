import asyncio


class Session:
    def __init__(self):
        self.loop = asyncio.get_running_loop()
        self.closed = False

    def close(self):
        self.closed = True

    def __del__(self):
        if not self.closed:
            context = {"session": self, "message": f"unclosed session {self!r}"}
            self.loop.call_exception_handler(context)


async def main():
    Session()
    session = Session()
    await asyncio.sleep(0.1)
    session.close()


asyncio.run(main())
