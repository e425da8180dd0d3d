#!/usr/bin/env bash
# One would think: @retry(stop=stop_after_attempt(3)) tries whatever it stands on
# up to three times, or says that it cannot.
# What happens: an `async def` is tried three times. An async generator, and a
# plain function that hands back a coroutine, are tried once, and their own
# exception comes out, without a word.
# tenacity 9.2.1 on CPython 3.9 or newer, seen 2026-11-28.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"
python3 -m venv v && v/bin/pip -q --disable-pip-version-check install tenacity==9.2.1
cat >retries.py <<'PY'
import asyncio
from tenacity import retry, stop_after_attempt

tries = 0

def fails():
    global tries
    tries += 1
    raise ValueError

three_times = retry(stop=stop_after_attempt(3))

@three_times
async def coroutine():
    fails()

@three_times
async def generator():
    yield 1
    fails()

@three_times
def hands_back():
    async def inner():
        fails()
    return inner()

async def drain():
    async for _ in generator():
        pass

for name, start in (("async def", coroutine), ("generator", drain), ("hands back", hands_back)):
    tries = 0
    try:
        asyncio.run(asyncio.wait_for(start(), 5))
    except Exception as error:
        print(f"{name}: {tries}, {type(error).__name__}")
PY
seen=$(v/bin/python retries.py)
expected=$'async def: 3, RetryError\ngenerator: 1, ValueError\nhands back: 1, ValueError'
[[ $seen == "$expected" ]] || { printf 'changed:\n%s\n' "$seen"; exit 1; }
echo "tenacity 9.2.1: @retry on an async generator, or on a def that hands back a coroutine, tries once"
