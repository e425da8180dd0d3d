"""Five files are read one after the other."""
# ANCHOR: listing
import asyncio
import pathlib
import tempfile


async def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        make_files(folder)
        size = 0
        for i in range(5):
            size += len(await asyncio.to_thread((folder / str(i)).read_bytes))
            print(f"read {i}")
        print(f"5 files, {size} bytes")


def make_files(folder):
    for i in range(5):
        (folder / str(i)).write_text("x" * 1000 * i)


asyncio.run(main())
# ANCHOR_END: listing
