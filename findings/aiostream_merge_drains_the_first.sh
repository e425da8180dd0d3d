#!/usr/bin/env bash
# One would think: merging sources that always have something takes from them in
# turn, as tokio-stream's merge and futures' select do.
# What happens: aiostream's merge takes all of the first, then all of the second,
# also when each source gives the others a turn by sleep(0) before each item.
# With a sleep of 10 ms they take turns.
# aiostream 0.8.1 on CPython 3.11 or newer, seen 2026-11-28.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"
python3 -m venv v && v/bin/pip -q --disable-pip-version-check install aiostream==0.8.1
cat >merged.py <<'PY'
import asyncio
from aiostream import stream

async def source(name, pause):
    for i in range(3):
        if pause is not None:
            await asyncio.sleep(pause)
        yield f"{name}{i}"

async def main():
    for pause in (None, 0, 0.01):
        async with stream.merge(source("a", pause), source("b", pause)).stream() as items:
            print(*[item async for item in items])

asyncio.run(main())
PY
seen=$(v/bin/python merged.py)
expected=$'a0 a1 a2 b0 b1 b2\na0 a1 a2 b0 b1 b2\na0 b0 a1 b1 a2 b2'
[[ $seen == "$expected" ]] || { printf 'changed:\n%s\n' "$seen"; exit 1; }
echo "aiostream 0.8.1: merge drains a source that is always ready before it looks at the next"
