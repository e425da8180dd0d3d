"""Chance, the same in every run.

What the operating system would draw, Python asks for by `os.urandom` (`uuid4`,
`secrets`, `SystemRandom`) or, in C, for a `Random` without a seed (`random`,
the names of `tempfile`). Hashes of strings are up to `PYTHONHASHSEED`.
"""

import os
import random


def install() -> None:
    """Takes the place of both."""
    source = random.Random(0)
    os.urandom = random._urandom = source.randbytes
    original = random.Random.seed

    def seed(self, a=None, version=2):
        original(self, source.getrandbits(256) if a is None else a, version)

    random.Random.seed = seed
    # The module's own generator, whose methods are bound already.
    random.seed = random._inst.seed
    random.seed(0)
