"""A recorder for asyncio programs, in the standard library alone.

| module       | is                                                         |
|--------------|------------------------------------------------------------|
| `__main__`   | the command of the package alone: `python -m context_switch` |
| `child`      | the process that it records |
| `reading`    | the file of events, read |
| `table`      | a recording as a table for the terminal |
| `words`      | times, waits and ends in words, for that |
| `names`      | what the tasks are called in it |
| `wire`       | the variables of the environment that say what to do |
| `session`    | the run from its beginning to its end |
| `needs`      | what has to be there of CPython for all this |
| `program`    | runs the script as Python itself would |
| `facts`      | what the caller learns besides the events |
| `events`     | the file of events |
| `files`      | a file that is written whatever the program does to its descriptors |
| `clock`      | virtual time, and the functions of `time` that follow it |
| `order`      | which of several timers fires first, where that is chosen |
| `chance`     | what is random, the same every time |
| `script`     | the recorded file: its lines, and which frames belong to it |
| `tracer`     | what happened, told by the hooks below in the model's words |
| `loop`       | the event loop: it runs every step, sets every timer |
| `strangers`  | event loops and tasks that are not asyncio's own |
| `handles`    | what is in the loop's queue, and for whose cause it runs |
| `watch`      | how long the program keeps the thread, and where |
| `usage`      | what the system has counted of a thread |
| `calls`      | calls in other threads: which find none free, which outlive their timeout |
| `jobs`       | calls in other threads on virtual time, one at a time |
| `tasks`      | tasks and futures: they are created, cancelled, and have a number |
| `cancellations` | those that asyncio keeps to itself |
| `trouble`    | what goes wrong where nobody of the program looks |
| `unawaited`  | coroutines that were made and never ran |
| `resources`  | locks, queues and the like: they have a number and a name, and who has them |
| `made`       | what the script calls what it makes |
| `waits`      | what a suspended task waits for, in kinds |
| `peers`      | who is at the other end of a socket: the process itself, or another |
| `pipes`      | what other processes write and nobody reads                |
| `outside`    | signals, and threads that Python knows nothing of |
| `output`     | what is printed, line by line |
| `tracebacks` | without the recorder, the same on every machine |

Tasks stay those that CPython implements in C; no policy is installed. The
files of the standard library that the hooks rest on are named where they do.
"""
