"""Use cases that a device may not come back from: asked about before they go to one really there.

They cut a supply, take away keys, partners or firmware, or wipe what is recorded. The title of a
record tells; reads never are.
"""

import re
from typing import Final

from emulator.gbcs.use_cases.record import Access, UseCase

_WORDS: Final = re.compile(
    r"\b(disable|clear|remove|restore|unjoin|activate firmware|security credentials|"
    r"update device certificates|supply tamper|load switch|valve|(?<!without counter )reset)\b",
    re.IGNORECASE,
)
_READS: Final = re.compile(r"\b(read|provide)\b", re.IGNORECASE)


def destructive(use_case: UseCase) -> bool:
    """Whether a device may not be as it was after the command of a use case."""
    if use_case.access is Access.READ or _READS.match(use_case.title):
        return False
    return bool(_WORDS.search(use_case.title))
