"""Event loops and tasks that are not asyncio's own: replaced by those that are
recorded where that is possible, otherwise said to be missing.

uvloop and rloop are asyncio's loop, faster: whoever asks for one gets the
recorded one, by its name. Of any other loop, and of trio, nothing is known but
that it runs.
"""

import asyncio
import functools
import sys
from asyncio import events
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any, Callable, Optional

from .facts import Facts
from .loop import Loop


class Strangers:
    """Looks out for them."""

    def __init__(self, facts: Facts, missing: Callable[[str], None]) -> None:
        """`missing` is called with a sentence when something runs in the recorded
        thread that is not recorded."""
        self._facts, self._missing = facts, missing
        self._known: dict[str, Callable[[ModuleType], None]] = {
            "uvloop": functools.partial(self._replace, "Loop"),
            "rloop": functools.partial(self._replace, "RLoop"),
            "trio": self._trio,
        }

    def install(self, here: Callable[[], bool]) -> None:
        """Looks at every loop that begins to run and every module that is imported."""
        sys.meta_path.insert(0, self)
        original = events._set_running_loop

        @functools.wraps(original)
        def and_look(loop):
            if loop is not None and not isinstance(loop, Loop) and here():
                self._missing(f"It runs {_name(type(loop))}, an event loop that is not recorded.")
            original(loop)

        events._set_running_loop = asyncio._set_running_loop = and_look

    def task(self, task: Any) -> None:
        """A loop that is recorded runs a task that is not."""
        kind = "made in Python" if type(task) is asyncio.tasks._PyTask else _name(type(task))
        self._missing(f"Its tasks are of a class of their own ({kind}): they are not recorded.")

    # As a finder of modules (`importlib`).

    def find_spec(self, name: str, path: Any, target: Any = None) -> Optional[ModuleSpec]:
        """Finds a module as the others do, and changes it once it is there."""
        change = self._known.pop(name, None)
        if change is None:
            return None
        for finder in sys.meta_path:
            spec = finder.find_spec(name, path, target) if finder is not self else None
            if spec is not None and spec.loader is not None:
                execute = spec.loader.exec_module

                def and_change(module: ModuleType) -> None:
                    execute(module)
                    change(module)

                spec.loader.exec_module = and_change
                return spec
        return None

    def _replace(self, kind: str, module: ModuleType) -> None:
        facts, name = self._facts, module.__name__

        class Replaced(Loop):
            def __init__(self, *args: Any) -> None:
                facts.note(
                    f"It asks for the event loop of {name}. asyncio's own runs in its place, as "
                    "only that is recorded; the order of what comes at the same time may differ.",
                    lasting=True,
                )
                super().__init__(*args)

        Replaced.__name__ = Replaced.__qualname__ = kind
        Replaced.__module__ = name
        setattr(module, kind, Replaced)
        if hasattr(module, "run") and hasattr(asyncio, "Runner"):
            # Its own wraps the coroutine in another one.
            def run(main, *, loop_factory=module.new_event_loop, debug=None, **options):
                with asyncio.Runner(loop_factory=loop_factory, debug=debug, **options) as runner:
                    return runner.run(main)

            module.run = run

    def _trio(self, module: ModuleType) -> None:
        # What every way to run trio goes through.
        inner = sys.modules["trio._core._run"]
        original = inner.setup_runner

        def and_tell(*args: Any, **options: Any) -> Any:
            self._missing("It runs trio, whose tasks are not recorded: asyncio's alone are.")
            return original(*args, **options)

        inner.setup_runner = and_tell


def _name(kind: type) -> str:
    return f"{kind.__module__}.{kind.__qualname__}"
