"""A line that is lost is a fault inside the run."""

import pytest

from emulator.kernel.errors import EnvironmentFault
from emulator.lab.radios.lines import LineLost


def test_lost_line_raises_why() -> None:
    with pytest.raises(EnvironmentFault, match="hub: unplugged"):
        LineLost("hub: unplugged")()
