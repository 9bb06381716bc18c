"""What machines of one node can say to each other at all."""

import pytest

from emulator.kernel.errors import LocalError
from emulator.smart_energy.primitives import LogEvent


@pytest.mark.parametrize(
    ("log_id", "event_id", "octets"),
    [(0, 1, 0), (8, 1, 0), (3, 0, 0), (3, 0x10000, 0), (3, 1, 255)],
)
def test_what_no_log_can_hold_is_refused(log_id: int, event_id: int, octets: int) -> None:
    with pytest.raises(LocalError, match="event"):
        LogEvent(log_id, event_id, bytes(octets))
