"""Run a Python script unmodified and record what asyncio does with it.

usage: python3 DIR SCRIPT [ARGUMENTS…]

`DIR` is the folder of this file. The environment says where the recording
goes and how it is made: see `wire.py`.
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
