"""The process that is recorded, where the recorder is installed as a package: as
`__main__.py` beside the package, which says what it takes from the environment."""

import os
import sys

if __name__ == "__main__":
    # Whoever runs this file has its own folder first, and there is a `clock` in it.
    sys.path[0] = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    from context_switch import session

    # The script finds its own modules as if it had been started by itself.
    del sys.path[0]
    session.main(sys.argv[1])
