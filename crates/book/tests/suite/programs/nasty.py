"""Names and prints that a diagram could take for its own syntax."""
import asyncio

NAMES = [
    'say "hi" [x]', "end", "END", "a; b # c", "😀 task", "x" * 300, "participant",
    "<b>&amp;", "%% {init}", "line\nbreak", '"', "]", " ", "note over a", "-->>", "a:b",
    "\\n", "loop 3", "$$x$$", "é́ ﷽", "`x`", "{{#include x}}", "main", "accTitle: x",
]


async def main():
    await asyncio.gather(*(asyncio.create_task(says(name), name=name) for name in NAMES))


async def says(name):
    print(name)
    await asyncio.sleep(0.001 * len(name))
    print("end")
    print("x" * 300 + '; end # "[' + name)


asyncio.run(main())
