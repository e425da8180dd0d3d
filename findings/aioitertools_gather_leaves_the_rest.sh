#!/usr/bin/env bash
# One would think: aioitertools' gather with a limit is asyncio's with fewer at a
# time: after an exception what is left runs on to its end.
# What happens: what runs goes on unseen; what was to come next never starts, and
# is never closed either (CPython warns: never awaited).
# aioitertools 0.13.0 on CPython 3.9 or newer, seen 2026-11-28.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"
python3 -m venv v && v/bin/pip -q --disable-pip-version-check install aioitertools==0.13.0
cat >jobs.py <<'PY'
import asyncio, inspect
import aioitertools.asyncio

async def job(i, ended):
    await asyncio.sleep(0.05 * i)
    if i == 1:
        raise ValueError
    ended.append(i)

async def main():
    for name, gather in (
        ("asyncio", asyncio.gather),
        ("aioitertools", lambda *jobs: aioitertools.asyncio.gather(*jobs, limit=2)),
    ):
        ended = []
        jobs = [job(i, ended) for i in range(1, 6)]
        try:
            await gather(*jobs)
        except ValueError:
            pass
        await asyncio.sleep(0.6)
        never = [i for i, it in enumerate(jobs, 1) if inspect.getcoroutinestate(it) == "CORO_CREATED"]
        for i in never:
            jobs[i - 1].close()
        print(name, "ended:", ended, "never started:", never)

asyncio.run(main())
PY
seen=$(v/bin/python jobs.py)
expected='asyncio ended: [2, 3, 4, 5] never started: []
aioitertools ended: [2] never started: [3, 4, 5]'
[[ $seen == "$expected" ]] || { printf 'changed:\n%s\n' "$seen"; exit 1; }
echo "aioitertools 0.13.0: after an exception in gather(limit=2), what is running goes on and the rest never starts"
