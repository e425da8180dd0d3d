"""The variables of the environment that say where the recording goes and how it is
made. Who starts the recorder from Rust has them by these names, too."""

#: File for the events.
EVENTS = "CONTEXT_SWITCH_EVENTS"
#: File for what is known besides: see `facts.py`.
FACTS = "CONTEXT_SWITCH_FACTS"
#: At most so many events.
MOST_EVENTS = "CONTEXT_SWITCH_MOST_EVENTS"
#: "1": on the machine's clock.
REAL_TIME = "CONTEXT_SWITCH_REAL_TIME"
#: Which order it takes: see `order.py`.
ORDER = "CONTEXT_SWITCH_ORDER"
#: "1": each suspension tells its chain of awaits.
AWAITS = "CONTEXT_SWITCH_AWAITS"
#: Set: it is run over and over, see `forks.py`.
FORKS = "CONTEXT_SWITCH_FORKS"
