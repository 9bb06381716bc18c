"""Outside judges: programs that are not ours and say whether we are right.

A test that needs one (Wireshark's dissector, a browser, another implementation of Zigbee) asks
here first, so that one place decides what a missing judge means.
"""

import os
from typing import Final

import pytest

REQUIRE_VARIABLE: Final = "HANLAB_REQUIRE_JUDGES"
"""Environment variable: `1` makes a missing judge fail its tests instead of skipping them."""


def require(name: str, available: bool, how: str) -> None:
    """Let the test go on when the judge is there; otherwise skip it, or fail where all must be.

    Args:
        name: what people call the judge.
        available: whether it was found.
        how: how to get it, for whoever reads the message.
    """
    if available:
        return
    message = f"judge missing: {name} ({how})"
    if os.environ.get(REQUIRE_VARIABLE) == "1":
        pytest.fail(message, pytrace=False)
    pytest.skip(message)
