"""The kind of radio `spinel`: what it says of a dongle, and what it does when there is none."""

import os
import pty
import tty
from pathlib import Path

import pytest

from emulator.kernel.errors import EnvironmentFault, UsageError
from hardware.line.opening import open_line
from hardware.spinel_kind import SPINEL
from tests.hardware.spinel.far_end import FarEnd, ServedRcp


def test_dongle_says_what_it_is_and_what_it_cannot(tmp_path: Path) -> None:
    port = str(tmp_path / "dongle")
    with ServedRcp(port):
        report = SPINEL.probe(port)

    assert report.firmware.startswith("HANLAB-RCP/")
    assert report.protocol == "Spinel 4.3"
    assert len(report.eui64) == 16
    assert "CSMA_BACKOFF" in report.abilities
    assert report.roles.startswith("one device at a time")
    assert any("sub-GHz" in each for each in report.lacks)


def test_port_is_released_after_the_question(tmp_path: Path) -> None:
    port = str(tmp_path / "dongle")
    with ServedRcp(port):
        SPINEL.probe(port)

        open_line(port).close()


@pytest.mark.slow
def test_modem_is_told_and_its_port_released() -> None:
    far = FarEnd({b"AT": b"OK\r\n"})
    with far as line:
        port = line.name
        line.close()
        with pytest.raises(EnvironmentFault, match="a modem, no dongle: choose another port"):
            SPINEL.probe(port)


@pytest.mark.slow
def test_silent_port_is_told() -> None:
    near, far = pty.openpty()
    tty.setraw(far)

    with pytest.raises(EnvironmentFault, match="nothing answers: is it a radio co-processor"):
        SPINEL.probe(os.ttyname(far))

    open_line(os.ttyname(far)).close()
    os.close(near)
    os.close(far)


def test_absent_port_is_told() -> None:
    with pytest.raises(EnvironmentFault, match="no such port"):
        SPINEL.probe("/dev/absent")


def test_what_is_no_address_is_a_usage_mistake() -> None:
    with pytest.raises(UsageError):
        SPINEL.check("foo://x")


def test_virtual_dongle_needs_no_address_and_no_clock() -> None:
    SPINEL.check("virtual")

    assert not SPINEL.is_real("virtual")
    assert SPINEL.is_real("/dev/ttyACM0")
