"""Five files are read all together."""
# ANCHOR: listing
import asyncio
import pathlib
import tempfile


async def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        make_files(folder)
        paths = [folder / str(i) for i in range(5)]
        contents = await asyncio.gather(
            *(asyncio.to_thread(path.read_bytes) for path in paths)
        )
        size = sum(map(len, contents))
        print(f"5 files, {size} bytes")


def make_files(folder):
    for i in range(5):
        (folder / str(i)).write_text("x" * 1000 * i)


asyncio.run(main())
# ANCHOR_END: listing
