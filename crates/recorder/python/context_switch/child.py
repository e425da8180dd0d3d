"""The process that is recorded, where the recorder is installed as a package: as
`__main__.py` beside the package, which says what it takes from the environment.

usage: python3 child.py SCRIPT [ARGUMENTS…]
       python3 child.py -m MODULE [ARGUMENTS…]
"""

import os
import sys
from typing import Optional


def file_of(module: str, arguments: list[str]) -> Optional[str]:
    """The file whose lines are told of a module that is run: its own, or, where that
    runs the script that it is given, as pytest does, that script."""
    from importlib.util import find_spec

    for argument in arguments:
        path = argument.split("::")[0]
        if path.endswith(".py") and os.path.isfile(path):
            return path
    try:
        spec = find_spec(module)
        if spec is not None and spec.submodule_search_locations is not None:
            spec = find_spec(module + ".__main__")
    except ModuleNotFoundError:
        return None
    return spec.origin if spec is not None and spec.has_location else None


if __name__ == "__main__":
    # Whoever runs this file has its own folder first, and there is a `clock` in it.
    sys.path[0] = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    from context_switch import session

    # The script finds its own modules as if it had been started by itself.
    del sys.path[0]
    if sys.argv[1] != "-m":
        session.main(sys.argv[1])
    sys.path.insert(0, os.getcwd())
    _, _, module, *arguments = sys.argv
    file = file_of(module, arguments)
    if file is None:
        sys.exit("there is no module {} that could be run".format(module))
    session.main(file, module)
