import asyncio


class Connection:
    async def ask(self, question):
        await asyncio.sleep(0.1)
        return 1 / question


async def ask(pool, question):
    connection = await pool.get()
    answer = await connection.ask(question)
    pool.put_nowait(connection)
    return answer


async def main():
    pool = asyncio.Queue()
    pool.put_nowait(Connection())
    asks = [asyncio.create_task(ask(pool, question)) for question in (1, 0, 2)]
    print(await asyncio.gather(*asks, return_exceptions=True))


asyncio.run(main())
