#!/usr/bin/env bash
# One would think: those who queue for an RWLock are served in the order in
# which they came, or all readers first.
# What happens: every waiting writer is served before any waiting reader, also
# before readers that asked earlier.
# aiorwlock 1.5.1 on CPython 3.9 or newer, seen 2026-11-28.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"
python3 -m venv v && v/bin/pip -q --disable-pip-version-check install aiorwlock==1.5.1
cat >served.py <<'PY'
import asyncio
from aiorwlock import RWLock

async def main():
    lock, served = RWLock(), []
    async def ask(side, name):
        async with side:
            served.append(name)
            await asyncio.sleep(0)
    async with lock.writer:
        asked = [("r1", lock.reader), ("w1", lock.writer), ("r2", lock.reader), ("w2", lock.writer)]
        tasks = [asyncio.create_task(ask(side, name)) for name, side in asked]
        await asyncio.sleep(0)
    await asyncio.gather(*tasks)
    print(*served)

asyncio.run(main())
PY
seen=$(v/bin/python served.py)
[[ $seen == "w1 w2 r1 r2" ]] || { printf 'changed:\n%s\n' "$seen"; exit 1; }
echo "aiorwlock 1.5.1: r1 w1 r2 w2 ask in this order and are served w1 w2 r1 r2"
