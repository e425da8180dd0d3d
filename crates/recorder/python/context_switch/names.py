"""What the tasks of a run are called, as `recording::names` has it in Rust: the
package runs without that. A test compares the two."""

import unicodedata
from collections import Counter
from typing import Optional

#: What turns the direction of what is written, or ends a line.
_TURNS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2028\u2029"
_ESCAPES = {"\t": "\\t", "\n": "\\n", "\r": "\\r"}
#: What would be taken for several names, or for a part of a sentence.
_MISLEADS = (", ", " and ", " or ", " to ", " waits ", ": ", " #", "“", "”", '"')


def visible(text: str) -> str:
    """The text with escapes for what would not be seen itself."""
    hidden = [c for c in set(text) if unicodedata.category(c) == "Cc" or c in _TURNS]
    for c in hidden:
        text = text.replace(c, _ESCAPES.get(c) or "\\u{{{:x}}}".format(ord(c)))
    return text


class Names:
    """The names of tasks 0, 1, 2, … that the program calls so: those that several
    have are numbered."""

    def __init__(self, bases: list[str]) -> None:
        self._bases = bases = [visible(base) for base in bases]
        bearers, before = Counter(bases), Counter[str]()
        alone = {base for base in bases if base.strip() and bearers[base] == 1}
        taken = set(alone)
        self._numbers: list[Optional[int]] = []
        self._shown: list[str] = []
        for task, base in enumerate(bases):
            number, shown = None, base
            if not base.strip():
                shown = "task {}".format(task)
                while shown in taken:
                    shown += "'"
            elif base not in alone:
                while shown in taken or number is None:
                    before[base] += 1
                    number = before[base]
                    shown = "{} #{}".format(base, number)
            taken.add(shown)
            self._numbers.append(number)
            self._shown.append(shown)

    def all(self) -> list[str]:
        """What is shown of each, by number."""
        return self._shown

    def of(self, task: int) -> str:
        """What is shown of a task; `?` of one that there is not."""
        return self._shown[task] if task < len(self._shown) else "?"

    def said(self, task: int) -> str:
        """The name as it stands in a sentence."""
        if task >= len(self._shown):
            return "?"
        base, number = self._bases[task], self._numbers[task]
        misleads = (
            base == ""
            or base.strip() != base
            or base.endswith((",", ":", "."))
            or base.startswith("the ")
            or any(part in base for part in _MISLEADS)
        )
        if not misleads:
            return self._shown[task]
        return "“{}”".format(self._shown[task]) if number is None else "“{}” #{}".format(base, number)
