"""How often Python looks for reference cycles: seldom, where millions of values live shortly.

Nearly everything that a run makes goes with its last reference. By default Python searches for
cycles after every 700 new values, and so spends a sixth of a run on finding none.
"""

import gc
from typing import Final

_YOUNG: Final = 100_000
"""Values that are new and still there before the youngest are searched: some 10 MB."""
_YOUNG_ROUNDS: Final = 20
_MIDDLE_ROUNDS: Final = 20


def search_seldom() -> None:
    """From now on let this process search for cycles seldom; a process is asked once, at first."""
    gc.set_threshold(_YOUNG, _YOUNG_ROUNDS, _MIDDLE_ROUNDS)


def keep_what_is_there() -> None:
    """Leave what there is now out of later searches: for homes that live as long as the process.

    A search among fifty homes takes longer than somebody who asks them would like to wait.
    """
    gc.collect()
    gc.freeze()
