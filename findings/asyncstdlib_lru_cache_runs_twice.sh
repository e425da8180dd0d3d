#!/usr/bin/env bash
# One would think: two tasks that ask asyncstdlib's lru_cache for the same key at
# the same time share one call, as those do that ask its cached_property.
# What happens: the cached function runs twice, and each call counts as a miss;
# the cached property runs once, and both get its value.
# asyncstdlib 3.14.0 on CPython 3.9 or newer, seen 2026-11-28.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"
python3 -m venv v && v/bin/pip -q --disable-pip-version-check install asyncstdlib==3.14.0
cat >twice.py <<'PY'
import asyncio
import asyncstdlib

calls = {"function": 0, "property": 0}

@asyncstdlib.lru_cache(maxsize=8)
async def square(n):
    calls["function"] += 1
    await asyncio.sleep(0.01)
    return n * n

class Page:
    @asyncstdlib.cached_property
    async def size(self):
        calls["property"] += 1
        await asyncio.sleep(0.01)
        return 7

async def main():
    page = Page()
    await asyncio.gather(square(3), square(3))
    await asyncio.gather(page.size, page.size)
    print(calls, square.cache_info().misses)

asyncio.run(main())
PY
seen=$(v/bin/python twice.py)
[[ $seen == "{'function': 2, 'property': 1} 2" ]] || { printf 'changed:\n%s\n' "$seen"; exit 1; }
echo "asyncstdlib 3.14.0: two tasks at once run a cached function twice, a cached property once"
