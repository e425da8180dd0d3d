"""What is written for the reader, as lines of JSON."""

import json
import re
from typing import Any

#: Half a letter, which is in no text that another program reads: Python has it in
#: place of a byte that is no text (`os.fsdecode`).
_HALF = re.compile("[\ud800-\udfff]")


def line(value: Any) -> bytes:
    """One line, without its end. Half a letter is written as Python writes it in an
    error message: `\\udce9`."""
    text = json.dumps(value)
    if "\\ud" in text:
        text = json.dumps(value, ensure_ascii=False)
        text = _HALF.sub(lambda half: f"\\\\u{ord(half[0]):04x}", text)
    return text.encode()
