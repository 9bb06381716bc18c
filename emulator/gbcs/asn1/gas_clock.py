"""Setting the clock of a gas meter (GCS28)."""

from dataclasses import dataclass
from typing import Annotated, Final

from emulator.gbcs.asn1.codes import DeviceTimeStatus
from emulator.gbcs.asn1.composites import Sequence
from emulator.gbcs.asn1.elements import GeneralizedTime, Integer

_TIME: Final = GeneralizedTime()


@dataclass(frozen=True, slots=True)
class SetTimeCommand:
    """Lets the meter take the hub's time if that lies in the interval (GCS28)."""

    validity_interval_start: Annotated[str, _TIME]
    validity_interval_end: Annotated[str, _TIME]


@dataclass(frozen=True, slots=True)
class SetTimeResponse:
    """The meter's time afterwards, and how far it trusts it (GCS28)."""

    device_time: Annotated[str, _TIME]
    status: Annotated[int, Integer(DeviceTimeStatus)]


SET_TIME_COMMAND: Final = Sequence(SetTimeCommand)
SET_TIME_RESPONSE: Final = Sequence(SetTimeResponse)
