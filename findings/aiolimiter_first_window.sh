#!/usr/bin/env bash
# One would think: AsyncLimiter(4, 0.8) lets at most 4 through in any 0.8 s.
# What happens: 7 come through within the first 0.8 s. It is a bucket that leaks:
# the first 4 fill it at once, and from then on one is let in each 0.2 s.
# aiolimiter 1.3.0 on CPython 3.9 or newer, seen 2026-11-28.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"
python3 -m venv v && v/bin/pip -q --disable-pip-version-check install aiolimiter==1.3.0
cat >limit.py <<'PY'
import asyncio, time
from aiolimiter import AsyncLimiter

async def main():
    limiter, start, came = AsyncLimiter(4, 0.8), time.monotonic(), []
    async def one():
        async with limiter:
            came.append(time.monotonic() - start)
    await asyncio.gather(*(one() for _ in range(8)))
    print("at once:", sum(t < 0.1 for t in came))
    print("within the first period:", sum(t < 0.79 for t in came))
    print("steps after that:", {round((b - a) / 0.2) for a, b in zip(came[3:], came[4:])})

asyncio.run(main())
PY
seen=$(v/bin/python limit.py)
expected='at once: 4
within the first period: 7
steps after that: {1}'
[[ $seen == "$expected" ]] || { printf 'changed:\n%s\n' "$seen"; exit 1; }
echo "aiolimiter 1.3.0: of a limit of 4 in 0.8 s, 7 come through in the first 0.8 s"
