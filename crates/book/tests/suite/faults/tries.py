"""Every command under every fault, on a small disk of its own.

usage: python3 tries.py DISK BOOK SOURCES few|many

A command that says that all went well has done all of it. One that does not says
why, and has changed nothing. Neither leaves anything behind, no file and no
process; the files that one leaves that is killed go with the next.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections import Counter
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path

DISK, BOOK, SOURCES = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3])
MANY = sys.argv[4] == "many"
#: How often each command is killed, and at how many of its writes a disk is full.
KILLS, WRITES = (40, 24) if MANY else (4, 4)
#: Spaces and other letters, for all of it.
HOME = DISK / "ta r ü"
SHOP = HOME / "shop"
TMP = DISK / "tmp"
PAGES = range(6)
#: What a file grows by there, in kB.
PAGE = 4
OUTCOMES = ["whole", "refused", "killed", "lost"]
CHANCE = random.Random(7)

TOOLS = "bash biome cargo cargo-deny node shellcheck tsc typos"
PASSES = """#!/bin/sh
printf 'running 1 test\\ntest it ... ok\\n\\n'
echo 'test result: ok. 1 passed; 0 failed; 0 ignored'
"""
PYTHON = """import asyncio
async def main():
    for n in range(300):
        print(n)
        await asyncio.sleep(1)
asyncio.run(main())
"""
RUST = """#[tokio::main(flavor = "current_thread")]
async fn main() {
    for n in 0..300 {
        println!("{n}");
        tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    }
}
"""


def tree(folder):
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path: path.read_bytes() for path in files}


class Trace:
    """Shows all of a recording, or none of it."""

    where, has_output = HOME, True

    def __init__(self, name, text):
        self.name = f"trace {name}"
        (HOME / name).write_text(text)
        self.command = ["trace", name, "--format", "jsonl"]
        # How the recorder came to it differs: its clock, say.
        self.whole = self.events(run(self, {}).stdout)
        assert len(self.whole) > 300

    def events(self, shown):
        return shown.splitlines()[1:]

    def prepare(self, n):
        pass

    def did(self, shown):
        return self.events(shown) == self.whole

    def undone(self, shown):
        return shown == b""


class Writes:
    """Makes files: all of them are of this try, or as they were before it."""

    has_output = False

    def __init__(self, name, command, where, change, made, mark):
        self.name, self.command, self.where = name, command, where
        self.change, self.made, self.mark = change, made, mark

    def prepare(self, n):
        self.change(n)
        self.n, self.before = n, tree(self.made)

    def did(self, shown):
        pages = [p for p in self.made.glob("p*.*") if p.stem[1:].isdigit()]
        marks = [self.mark.format(self.n) in page.read_text() for page in pages]
        return len(marks) == len(PAGES) and all(marks)

    def undone(self, shown):
        return tree(self.made) == self.before


class Read:
    """Serves all pages, or says on each what is wrong; ends when it is told to."""

    name, command, where, has_output = "read", ["--port", "0", "--no-open"], HOME, True

    def prepare(self, n):
        pass

    def did(self, shown):
        return shown in [b"served", b"said"]

    def undone(self, shown):
        return shown == b""

    def talk(self, reader):
        address = reader.stdout.readline().strip().decode()
        if not address:
            return b""
        try:
            for n in PAGES:
                page = urllib.request.urlopen(f"{address}p{n}.html").read().decode()
                assert f"The end of page {n}." in page, page
            return b"served"
        except urllib.error.HTTPError as error:
            return b"said" if len(error.read()) > 20 else b"silent"
        finally:
            reader.send_signal(signal.SIGINT)


def version(n):
    for page in PAGES:
        text = f"# ANCHOR: listing\nprint('program {page}, version {n}.')\n# ANCHOR_END: listing\n"
        (HOME / f"examples/p{page}/main.py").write_text(text)


def build(n):
    for page in PAGES:
        path = HOME / f"src/p{page}.md"
        *text, _ = path.read_text().splitlines()
        path.write_text("\n".join([*text, f"The end of page {page}. Build {n}."]) + "\n")


def git(*arguments):
    who = ["-c", "user.name=A", "-c", "user.email=a@b.example", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *who, *arguments], cwd=SHOP, check=True)


def publish(n):
    for page in PAGES:
        text = f"# Page {page}\n\nThe end of page {page}. Build {n}.\n"
        (SHOP / f"src/p{page}.md").write_text(text)
    git("add", "--all")
    git("commit", "--quiet", "--message", str(n))


def lay():
    """The books, and what stands for the checks, which other tests are about."""
    for name in ["book.toml", "README.md", "src", "theme", "examples"]:
        copy = shutil.copytree if (SOURCES / name).is_dir() else shutil.copy
        HOME.mkdir(exist_ok=True)
        copy(SOURCES / name, HOME / name)
    SHOP.mkdir()
    for name in ["book.toml", "README.md", "theme", "src"]:
        copy = shutil.copytree if (HOME / name).is_dir() else shutil.copy
        copy(HOME / name, SHOP / name)
    shutil.rmtree(SHOP / "src/recordings")
    (SHOP / "examples").mkdir()
    (SHOP / ".gitignore").write_text("/out\n.context-switch-*\n")
    (DISK / "tools").mkdir()
    for tool in TOOLS.split():
        path = DISK / "tools" / tool
        path.write_text(PASSES)
        path.chmod(0o755)
    TMP.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m", "none", TMP], check=True)
    git("init", "--quiet")


# --- The faults: what is different meanwhile, and for the process.


@contextmanager
def full(disk, left):
    """Of that disk so many kB are left."""
    there = os.statvfs(disk)
    room = there.f_bavail * there.f_frsize // 1024 - left
    with open(disk / "full", "wb") as file:
        os.posix_fallocate(file.fileno(), 0, max(room, 1) * 1024)
    try:
        yield
    finally:
        (disk / "full").unlink()


@contextmanager
def read_only():
    subprocess.run(["mount", "-o", "remount,ro", TMP], check=True)
    try:
        yield
    finally:
        subprocess.run(["mount", "-o", "remount,rw", TMP], check=True)


@contextmanager
def away(path):
    there = path.exists()
    if there:
        path.rename(DISK / "away")
    try:
        yield
    finally:
        if there:
            (DISK / "away").rename(path)


def others():
    """All but full disks."""
    yield "temporary folder gone", nullcontext(), {"env": {"TMPDIR": "/no/such/folder"}}
    yield "temporary folder no folder", nullcontext(), {"env": {"TMPDIR": "/dev/null"}}
    yield "temporary folder read-only", read_only(), {}
    yield "no HOME", nullcontext(), {"env": {"HOME": None}}
    yield "no .git", away(SHOP / ".git"), {}
    yield "no Python", nullcontext(), {"env": {"CONTEXT_SWITCH_PYTHON": "/no/python3"}}
    yield "another Python", nullcontext(), {"env": {"CONTEXT_SWITCH_PYTHON": "/bin/false"}}
    yield "no book.toml", away(HOME / "book.toml"), {}
    yield "everybody may write", nullcontext(), {"umask": 0}
    yield "few open files", nullcontext(), {"files": 24}
    for closed in [[0], [1], [2], [0, 1, 2]]:
        yield f"descriptors closed: {closed}", nullcontext(), {"closed": closed}
    for stream in ["stdout", "stderr"]:
        yield f"{stream} full", nullcontext(), {stream: "/dev/full"}
    for _ in range(KILLS):
        yield "killed", nullcontext(), {"killed": CHANCE.random()}


class Ran:
    def __init__(self, status, stdout, said):
        self.status, self.stdout, self.said = status, stdout, said


def run(command, how, longest=1.0):
    """Runs it; of one that is to be killed, at that part of the longest time."""
    env = {**os.environ, "TMPDIR": str(TMP), **how.get("env", {})}
    env["PATH"] = f"{DISK}/tools:{env['PATH']}" if command.where == SHOP else env["PATH"]
    env = {name: value for name, value in env.items() if value is not None}

    def begin():
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.umask(how.get("umask", 0o022))
        if "files" in how:
            import resource

            resource.setrlimit(resource.RLIMIT_NOFILE, (how["files"], how["files"]))
        for fd in how.get("closed", []):
            os.close(fd)

    out = open(how["stdout"], "wb") if "stdout" in how else subprocess.PIPE
    err = open(how["stderr"], "wb") if "stderr" in how else subprocess.PIPE
    process = subprocess.Popen(
        [BOOK, *command.command],
        cwd=command.where,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=out,
        stderr=err,
        preexec_fn=begin,
    )
    if "killed" in how:
        time.sleep(how["killed"] * longest)
        process.kill()
    talks = hasattr(command, "talk") and "killed" not in how and "stdout" not in how
    shown = command.talk(process) if talks else b""
    rest, said = process.communicate(timeout=600)
    if not talks:
        shown = rest or b""
    return Ran(process.returncode, shown, (said or b"").decode(errors="replace"))


def left():
    """What only a command that is at work has."""
    found = [path for path in TMP.iterdir() if path.name != "full"]
    return found + [path for path in DISK.rglob(".context-switch-*")]


def alive():
    """The processes that a command has started; they have its environment."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if f"TMPDIR={TMP}".encode() in (folder / "environ").read_bytes().split(b"\0"):
                found.append((folder / "cmdline").read_bytes())
    return found


def ended():
    """Nothing that was started outlives it: the kernel, not a clock, ends that."""
    patience = time.monotonic() + 120
    while alive():
        if time.monotonic() > patience:
            return False
        time.sleep(0.01)
    return True


class Lost(Exception):
    pass


def judge(command, how, ran):
    """What came of it: all of it, nothing with a reason, or it was killed."""
    did = command.did
    killed = "killed" in how and ran.status < 0
    hears = not ({2} & set(how.get("closed", []))) and "stderr" not in how
    sees = not command.has_output or not ({1} & set(how.get("closed", []))) and "stdout" not in how
    if ran.status == 0:
        if sees and not did(ran.stdout):
            raise Lost("it says that all went well")
    elif not killed:
        if not (command.undone(ran.stdout) or did(ran.stdout)):
            raise Lost("it was refused, and did half")
        if hears and "error: " not in ran.said:
            raise Lost("it gives no reason")
    if not ended():
        raise Lost(f"it left processes: {alive()}")
    if killed:
        if not command.has_output and not (command.undone(ran.stdout) or did(ran.stdout)):
            raise Lost("it did half")
        # Whatever it leaves goes with the next, which is whole.
        ran = run(command, {})
        if ran.status != 0 or not did(ran.stdout):
            raise Lost(f"the next is not whole: {ran.said}")
        return "killed"
    return "whole" if ran.status == 0 else "refused"


class Tries:
    """Those of a command."""

    def __init__(self, command):
        self.command, self.counts, self.lost = command, Counter(), []
        self.n = 0
        self.again()
        began = time.monotonic()
        first = run(command, {})
        self.longest = time.monotonic() - began
        if first.status != 0 or not command.did(first.stdout):
            sys.exit(f"{command.name}: without a fault: {first.said}")

    def again(self):
        self.n += 1
        self.command.prepare(self.n)

    def once(self, name, fault, how):
        """Tries it once; whether all went well."""
        self.again()
        with fault:
            ran = run(self.command, how, self.longest)
        try:
            outcome = judge(self.command, how, ran)
            if left():
                raise Lost(f"something is left: {left()}")
        except Lost as why:
            outcome = "lost"
            said = f"    status {ran.status}: {ran.said[-600:]}"
            self.lost.append(f"{self.command.name}: {name}: {why}\n{said}")
        self.counts[outcome] += 1
        return outcome == "whole"

    def full(self, disk):
        """With ever more room on that disk until it has enough; then at writes in between."""
        def once(kilobytes):
            name = f"{kilobytes} kB left in {disk.name}"
            return self.once(name, full(disk, kilobytes), {})

        enough = 0
        while not once(enough):
            enough = max(PAGE, enough * 2)
            if enough > 32 << 10:
                return self.lost.append(f"{self.command.name}: {disk.name} is never large enough")
        for n in range(1, WRITES):
            once(enough * n // WRITES // PAGE * PAGE)

    def all(self):
        self.full(TMP)
        self.full(DISK)
        for name, fault, how in others():
            silent = 1 in how.get("closed", []) or "stdout" in how
            if isinstance(self.command, Read) and silent:
                continue  # nobody learns where it is
            self.once(name, fault, how)


def told(name, counts):
    outcomes = ", ".join(f"{counts[outcome]} {outcome}" for outcome in OUTCOMES)
    return f"{name}: {sum(counts.values())} tried: {outcomes}"


def main():
    lay()
    version(0)
    commands = [
        Trace("zähl t.py", PYTHON),
        Trace("zähl t.rs", RUST),
        Writes("record", ["record"], HOME, version, HOME / "src", "version {}."),
        Writes("build", ["build", "--dest-dir", "out/site"], HOME, build, HOME / "out/site", "Build {}."),
        Writes("publish", ["publish", "out/site"], SHOP, publish, SHOP / "out/site", "Build {}."),
        Read(),
    ]
    counts, lost = Counter(), []
    for command in commands:
        began = time.monotonic()
        tries = Tries(command)
        tries.all()
        took = time.monotonic() - began
        print(f"{told(command.name, tries.counts)}, in {took:.0f} s", file=sys.stderr, flush=True)
        counts, lost = counts + tries.counts, lost + tries.lost
    print(told("all", counts), file=sys.stderr)
    if lost:
        sys.exit("LOST:\n" + "\n".join(lost))
    assert counts["refused"] > len(commands) * 5, "hardly any was refused"


main()
