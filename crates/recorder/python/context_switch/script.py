"""The recorded file: its lines, and which frames belong to it."""

import ast
import linecache
import os
import re
import sys
from types import CodeType, FrameType
from typing import Optional

from . import made

#: Where a loop runs steps and callbacks.
_RUNS = os.path.join(os.path.dirname(__file__), "handles.py")
_DEF = re.compile(r"\s*(async\s+def|def)\b")


class Script:
    """A script, read and compiled, not run."""

    def __init__(self, path: str) -> None:
        """Reads `path`.

        Its code carries only the name of the file, not its folder, so that a
        traceback printed by it is the same on every machine.
        """
        self.path = path
        self.name = os.path.basename(path)
        #: What its code may call it: see `owns`.
        self.names = {self.name, path, os.path.abspath(path), os.path.realpath(path)}
        with open(path, "rb") as file:
            self._bytes = file.read()
        text = self._bytes.decode("utf-8", "replace")
        self._lines = text.splitlines()
        # Tracebacks find the text although the name has no folder.
        self._made: Optional[list[made.Call]] = None
        linecache.cache[self.name] = (len(text), None, text.splitlines(True), self.name)

    def compile(self) -> CodeType:
        """Compiles it; raises what Python says of a file that is not Python."""
        code = compile(self._bytes, self.name, "exec", dont_inherit=True)
        self._tree = ast.parse(self._bytes, self.name)
        return code

    def mentions(self, word: bytes) -> bool:
        """Whether the word stands anywhere in it."""
        return word in self._bytes

    def main_line(self) -> int:
        """The line of `def main`, or of the first statement."""
        for node in self._tree.body:
            if isinstance(node, ast.FunctionDef) and node.name == "main":
                return self.def_line(node.lineno)
        return self._tree.body[0].lineno if self._tree.body else 1

    def owns(self, code: CodeType) -> bool:
        """Whether the code is written in this file, also where somebody else has
        compiled it, as pytest does."""
        return code.co_filename in self.names

    def is_in(self, frame: Optional[FrameType]) -> bool:
        """Whether what the frame executes is written in this file."""
        return frame is not None and self.owns(frame.f_code)

    def made_for(self, line: int, column: Optional[int], kind: str) -> Optional[str]:
        """The variable or attribute that a call in that line is made for; `kind` is
        the name of what it makes. None where it has none, or not surely one."""
        if self._made is None:
            self._made = made.calls(self._tree)
        calls = [call for call in self._made if call.line == line]
        exact = [call for call in calls if call.column == column]
        named = [call for call in calls if call.function == kind]
        names = {call.name for call in exact or named or calls}
        return names.pop() if len(names) == 1 else None

    def def_line(self, line: int) -> int:
        """The line of the `def` that begins at `line`, perhaps with decorators."""
        for i, text in enumerate(self._lines[line - 1 :]):
            if _DEF.match(text):
                return line + i
        return line

    def here(self, frame: Optional[FrameType] = None, beyond: bool = False) -> Optional[int]:
        """The innermost line of the script that is being executed, as seen
        from `frame` or from the caller; none where a loop runs what is not its,
        unless `beyond` that loop."""
        frame = frame or sys._getframe(1)
        while frame is not None and (beyond or frame.f_code.co_filename != _RUNS):
            if self.owns(frame.f_code):
                return frame.f_lineno
            frame = frame.f_back
        return None
