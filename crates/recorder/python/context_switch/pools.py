"""Pools of threads, as the program has them: those that have calls of virtual time
under way (`jobs.py`) have no threads of their own for these."""

import concurrent.futures
import functools
from concurrent.futures import thread
from typing import Any, Callable

from .jobs import Jobs

Pool = concurrent.futures.ThreadPoolExecutor


def is_over(pool: Any) -> bool:
    """Whether a pool takes no more calls."""
    return pool is not None and bool(pool._shutdown or pool._broken or thread._shutdown)


def install(jobs: Jobs, go_real: Callable[..., None]) -> None:
    """Looks at what is made of them. `go_real` is called with a reason when that
    needs the machine's clock."""
    init, shutdown, submit = Pool.__init__, Pool.shutdown, Pool.submit

    @functools.wraps(init)
    def and_look(self, max_workers=None, thread_name_prefix="", initializer=None, *args, **options):
        if initializer is not None:
            # It prepares each thread once; on virtual time each call has its own.
            go_real("It prepares the threads of a pool.")
        init(self, max_workers, thread_name_prefix, initializer, *args, **options)

    @functools.wraps(submit)
    def in_line(self, fn, /, *args, **options):
        if is_over(self) or not jobs.of(self):
            return submit(self, fn, *args, **options)
        # Its threads are not as free as it believes.
        call = functools.partial(fn, *args, **options)
        return jobs.submit(self, self._max_workers, self._thread_name_prefix, call)

    @functools.wraps(shutdown)
    def and_wait(self, wait=True, **options):
        # First of all it takes no more.
        shutdown(self, wait=False, **options)
        if options.get("cancel_futures"):
            jobs.drop(self)
        if wait:
            jobs.finish(self)
            shutdown(self, wait=True)

    Pool.__init__, Pool.submit, Pool.shutdown = and_look, in_line, and_wait
