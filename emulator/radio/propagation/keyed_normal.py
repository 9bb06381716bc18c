"""Normal draws that are pure functions of words: no stream, no order, equal both ways."""

import hashlib
from functools import lru_cache
from statistics import NormalDist
from typing import Final

_STANDARD: Final = NormalDist()


@lru_cache(maxsize=1 << 14)
def keyed_normal(*words: str) -> float:
    """A draw of the standard normal distribution that belongs to these words."""
    digest = hashlib.blake2b("|".join(words).encode(), digest_size=8).digest()
    # 53 bits, moved to the middle of their step: never 0 and never 1.
    share = ((int.from_bytes(digest, "big") >> 11) + 0.5) / (1 << 53)
    return _STANDARD.inv_cdf(share)


def pair(one: str, other: str) -> tuple[str, str]:
    """Two names in the order that does not depend on which is first."""
    return (one, other) if one <= other else (other, one)
