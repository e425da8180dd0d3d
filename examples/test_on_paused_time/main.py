"""A test of a function that waits for minutes, with a sleep that does not."""
# ANCHOR: listing
import asyncio
import unittest
from unittest import mock


class Retry(unittest.IsolatedAsyncioTestCase):
    async def test_it_waits_twice_as_long_each_time(self):
        call = mock.AsyncMock(side_effect=[OSError("busy"), OSError("busy"), "done"])
        with mock.patch("asyncio.sleep") as sleep:
            self.assertEqual(await retry(call), "done")
        waits = [one.args[0] for one in sleep.await_args_list]
        self.assertEqual(waits, [30, 60])
        print("after", call.call_count, "calls, and", waits, "to be slept")


async def retry(call):
    wait = 30
    while True:
        try:
            return await call()
        except OSError:
            if wait >= 600:
                raise
        await asyncio.sleep(wait)
        wait *= 2


# What `python -m unittest` does, but for its report.
result = unittest.TestResult()
unittest.defaultTestLoader.loadTestsFromTestCase(Retry).run(result)
print("passed" if result.wasSuccessful() else result.errors + result.failures)
# ANCHOR_END: listing
