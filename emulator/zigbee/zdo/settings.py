"""Every timer and policy of ZDO, with its source."""

from dataclasses import dataclass

from emulator.kernel.settings import setting
from emulator.kernel.units import Duration, seconds


@dataclass(frozen=True, slots=True)
class ZdoSettings:
    """What a run may change in ZDO."""

    response_timeout: Duration = setting(
        seconds(3), source="R23.2 Table 2-24 apsZdoResponseTimeout: 3 s"
    )
    """How long a response is waited for."""
    acknowledge: bool = setting(
        default=True, source="EmberZNet asks for it in ZDO unicasts", verified=False
    )
    """Whether ZDP unicasts ask for an APS acknowledgement."""
    obey_plain_leave: bool = setting(
        default=False,
        source="ZSE 1.4 5.5.5.4: leaves on APS-encrypted Remove-Device, its user, or its parent",
    )
    """Whether Mgmt_Leave_req is obeyed that no link key protects."""
    rows_per_response: int = setting(2, source="ziggurat: two neighbours fit any secured frame")
    """How many table rows a Mgmt response carries at most."""
