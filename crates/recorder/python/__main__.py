"""Run a Python script unmodified and record what asyncio does with it.

usage: python3 DIR SCRIPT

`DIR` is the folder of this file. The environment says where the recording
goes and how it is made:

CONTEXT_SWITCH_EVENTS   file for the events, one JSON object a line
CONTEXT_SWITCH_FACTS    file for what is known at the end: see `facts.py`
CONTEXT_SWITCH_LIMIT    at most so many events
CONTEXT_SWITCH_REAL     "1": on the machine's clock
"""

import sys

if __name__ == "__main__":
    from context_switch import session

    # The script finds its own modules as if it had been started by itself.
    del sys.path[0]
    session.main(sys.argv[1])
