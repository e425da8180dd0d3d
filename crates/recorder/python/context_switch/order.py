"""Which order the program runs in, where its order is chosen.

A run comes to *choices*. Way 0 is what happens first come, first served. The
environment says at which choices, counted from 0, another way is taken:
`POSITION.WAY` for each, with `-` between; and after `~` the seed by which the
ways are drawn that come later, half of them the first. What the choices were is
written to the facts, so that the caller can walk all of them. A `w` before all that
makes the model wider: sleeps take longer, see `Loop.slow`.
"""

import random
from typing import Optional

from .facts import Facts


class Order:
    """The order of a run."""

    def __init__(self, text: Optional[str], facts: Facts) -> None:
        #: Whether it is chosen.
        self.chosen = text is not None
        #: Whether sleeps may take longer.
        self.wide = text is not None and text.startswith("w")
        ways, _, lot = (text or "")[self.wide :].partition("~")
        pairs = [pair.split(".") for pair in ways.split("-") if pair]
        self._ways = {int(at): int(way) for at, way in pairs}
        self._random = random.Random(int(lot.split(".")[0])) if lot else None
        self._facts = facts
        self._met = 0

    def choose(self, of: int) -> int:
        """One of so many ways."""
        if of < 2 or not self.chosen:
            return 0
        way = self._ways.get(self._met)
        if way is None and self._random is not None:
            way = self._random.randrange(of) if self._random.random() < 0.5 else 0
        # Of a way that is none the caller sees that the order is not the program's.
        took = way if way is not None and way < of else 0
        self._met += 1
        self._facts.choice(of, took)
        return took
