"""Dongles with EZSP firmware, and what is there instead of one."""

import pytest

from emulator.kernel.errors import EnvironmentFault, UsageError
from hardware.ezsp_kind import EZSP
from hardware.line.opening import open_line
from tests.hardware.spinel.far_end import FarEnd, ServedRcp


@pytest.mark.parametrize("fault", ["bytes", "slow=20 ms", "lost=0.01"])
def test_bad_line_is_got_over(fault: str) -> None:
    with ServedRcp(kind="ezsp", faults=(fault,)) as port:
        assert EZSP.probe(port).protocol == "EZSP 13"


def test_radio_co_processor_is_no_network_co_processor() -> None:
    with ServedRcp() as port, pytest.raises(EnvironmentFault, match="use it as spinel"):
        EZSP.probe(port)


def test_modem_is_told_for_what_it_is() -> None:
    far = FarEnd({b"AT": b"\r\nOK\r\n"})
    with far as line:
        line.close()
        with pytest.raises(EnvironmentFault, match="a modem, no dongle: choose another port"):
            EZSP.probe(far.port)


def test_port_is_released_again() -> None:
    with ServedRcp(kind="ezsp") as port:
        EZSP.probe(port)
        open_line(port).close()


def test_address_that_is_none_is_refused() -> None:
    with pytest.raises(UsageError):
        EZSP.check("http://x")
