"""Records an asyncio script without anything but Python.

usage: python -m context_switch [--format text|jsonl] [--real-time] [--awaits] SCRIPT [ARGUMENTS…]
       python -m context_switch … -m MODULE [ARGUMENTS…]

Text is a table of who had the thread, jsonl the recording, an event a line. What
is wrong with a run, diagrams and pages are made of it by `context-switch trace`.
The status is the script's.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile

from . import needs, reading, table, wire, words


def main() -> int:
    """Runs the command; returns the status to exit with."""
    parser = argparse.ArgumentParser(
        prog="python -m context_switch",
        description="Record which task of an asyncio script has the thread, and when.",
    )
    parser.add_argument("--format", choices=["text", "jsonl"], default="text")
    parser.add_argument("--real-time", action="store_true", help="on the machine's clock")
    parser.add_argument(
        "--awaits", action="store_true", help="with each suspension its chain of awaits"
    )
    parser.add_argument(
        "-m",
        dest="module",
        nargs=argparse.REMAINDER,
        help="a module, and its arguments; the lines are those of the first .py file among these",
    )
    parser.add_argument("script", nargs="?")
    parser.add_argument("arguments", nargs=argparse.REMAINDER)
    asked = parser.parse_args()
    if not asked.script and not asked.module:
        parser.error("name a script, or a module with -m")
    missing = needs.missing()
    if missing:
        parser.error(missing)
    if not asked.module and not os.path.isfile(asked.script):
        parser.error("{}: there is no such file".format(asked.script))
    # Not the name that a trace gives its own: it sweeps those that nobody has locked.
    with tempfile.TemporaryDirectory(prefix="context_switch-") as folder:
        status, facts, events = _run(asked, folder)
        what = asked.module[0] if asked.module else asked.script
        name = what if asked.module else os.path.splitext(os.path.basename(what))[0]
        header = reading.header(name, facts)
        if asked.format == "jsonl":
            for line in [header, *reading.events(events)]:
                print(json.dumps(line, ensure_ascii=False, separators=(",", ":")))
        else:
            for row in table.rows(header, reading.events(events)):
                print(row)
    sys.stdout.flush()
    if facts["ending"] in ("stuck", "flooded", "cut"):
        print("error: {}: it {}".format(what, words.ended(facts["ending"], status)), file=sys.stderr)
        return status if status > 0 else 1
    return status if status >= 0 else 1


def _run(asked: argparse.Namespace, folder: str) -> tuple[int, dict, str]:
    """Runs the script; its own output goes to stderr, since stdout is the table's. The
    status is below 0 for a signal."""
    events, facts = os.path.join(folder, "events"), os.path.join(folder, "facts")
    environ = dict(
        os.environ,
        TZ="UTC",
        PYTHONHASHSEED="0",
    )
    environ[wire.EVENTS], environ[wire.FACTS] = events, facts
    environ[wire.REAL_TIME] = "1" if asked.real_time else ""
    environ[wire.AWAITS] = "1" if asked.awaits else ""
    child = os.path.join(os.path.dirname(os.path.abspath(__file__)), "child.py")
    program = ["-m", *asked.module] if asked.module else [asked.script, *asked.arguments]
    command = [sys.executable, child, *program]
    done = subprocess.run(command, env=environ, stdout=2, check=False)
    try:
        with open(facts, encoding="utf-8") as lines:
            last = list(lines)[-1]
    except (OSError, IndexError):
        sys.exit("error: {}: it did not begin".format(" ".join(program)))
    return done.returncode, json.loads(last), events


if __name__ == "__main__":
    sys.exit(main())
