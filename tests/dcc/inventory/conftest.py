"""The inventory under test: in memory, in a file, or on a server."""

from collections.abc import Iterator

import pytest

from emulator.dcc.inventory.inventory import Inventory


@pytest.fixture
def inventory() -> Iterator[Inventory]:
    """An empty inventory in memory."""
    with Inventory.open() as opened:
        yield opened
