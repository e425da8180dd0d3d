"""Run a Python script unmodified and record what asyncio does with it.

usage: python3 DIR SCRIPT [ARGUMENTS…]

`DIR` is the folder of this file. The environment says where the recording
goes and how it is made:

CONTEXT_SWITCH_EVENTS       file for the events, one JSON object a line
CONTEXT_SWITCH_FACTS        file for what is known besides: see `facts.py`
CONTEXT_SWITCH_MOST_EVENTS  at most so many events
CONTEXT_SWITCH_REAL_TIME    "1": on the machine's clock
CONTEXT_SWITCH_ORDER        which order it takes: see `order.py`
CONTEXT_SWITCH_AWAITS       "1": each suspension tells its chain of awaits
CONTEXT_SWITCH_FORKS        set: it is run over and over: see `forks.py`
"""

import sys

if __name__ == "__main__":
    if sys.version_info < (3, 9):
        sys.exit("Python {}.{} is too old, 3.9 is needed".format(*sys.version_info))
    from context_switch import needs, session

    missing = needs.missing()
    if missing:
        sys.exit(missing)
    # The script finds its own modules as if it had been started by itself.
    del sys.path[0]
    session.main(sys.argv[1])
