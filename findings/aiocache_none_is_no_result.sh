#!/usr/bin/env bash
# One would think: a coroutine function under aiocache.cached runs once in its ttl.
# What happens: a result of None is stored and taken for a miss: it runs every time.
# aiocache 0.12.3 on CPython 3.9 or newer, seen 2026-11-28.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"
python3 -m venv v && v/bin/pip -q --disable-pip-version-check install aiocache==0.12.3
cat >lookups.py <<'PY'
import asyncio
from aiocache import SimpleMemoryCache, cached

async def main():
    for result in ("ada", 0, None):
        runs = 0
        @cached(ttl=60, cache=SimpleMemoryCache, key="user")
        async def look_up():
            nonlocal runs
            runs += 1
            return result
        seen = [await look_up() for _ in range(3)]
        stored = await look_up.cache.exists("user")
        print(seen, "runs:", runs, "stored:", stored)
        await look_up.cache.clear()

asyncio.run(main())
PY
seen=$(v/bin/python lookups.py)
expected="['ada', 'ada', 'ada'] runs: 1 stored: True
[0, 0, 0] runs: 1 stored: True
[None, None, None] runs: 3 stored: True"
[[ $seen == "$expected" ]] || { printf 'changed:\n%s\n' "$seen"; exit 1; }
echo "aiocache 0.12.3: a result of None is stored, and the function runs each time all the same"
