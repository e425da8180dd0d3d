"""get_event_loop where no loop runs."""
import asyncio
import warnings

warnings.simplefilter("error")
try:
    loop = asyncio.get_event_loop()
    print("a loop")
    loop.close()
except Warning as error:
    print("warns:", error)
except RuntimeError as error:
    print("RuntimeError:", error)
