"""The program `v1` without async: plain functions and a sleep that blocks."""
# ANCHOR: listing
import time


def main():
    print("Hello")
    foo()
    print("World")


def foo():
    print("foo")
    time.sleep(1)


main()
# ANCHOR_END: listing
