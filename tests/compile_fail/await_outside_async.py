"""`await` in an ordinary function is refused (SyntaxError)."""
import asyncio


def wrong_main():
    await asyncio.sleep(1)
    print("Hello, World!")


if __name__ == "__main__":
    asyncio.run(wrong_main())
