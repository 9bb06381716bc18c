from pathlib import Path

import pytest

from emulator.kernel.errors import EnvironmentFault, UsageError
from emulator.kernel.extensions import load, names
from emulator.kernel.scheduler import Scheduler
from emulator.lab.sniffing.kinds import SniffedFrame
from hardware.line.serving import serve_line
from hardware.spinel.sniffer import SpinelSniffer
from hardware.spinel_sniffer_kind import SPINEL_SNIFFER


def test_it_is_found_by_name() -> None:
    assert "spinel" in names("hanlab.sniffers")
    assert load("hanlab.sniffers", "spinel") is SPINEL_SNIFFER


def test_port_that_is_none_is_refused() -> None:
    with pytest.raises(UsageError, match="expected"):
        SPINEL_SNIFFER.check("http://x")
    SPINEL_SNIFFER.check("/dev/ttyACM0")


def test_port_that_is_not_there_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault, match="no such port"):
        SPINEL_SNIFFER.probe(str(tmp_path / "none"))


def test_line_is_opened_for_nobody_else(tmp_path: Path) -> None:
    served = serve_line(str(tmp_path / "port"))
    line = SPINEL_SNIFFER.line(str(tmp_path / "port"))

    with pytest.raises(EnvironmentFault, match="busy"):
        SPINEL_SNIFFER.line(str(tmp_path / "port"))
    line.close()
    served.close()
    assert isinstance(
        SPINEL_SNIFFER.sniffer("x", Scheduler(), list[SniffedFrame]().append), SpinelSniffer
    )
