"""A gas proxy function that listens to a gas meter, for tests of what it taps off."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from emulator.gbcs.asn1.codes import DeviceType
from emulator.gbcs.envelope import Cra, Message
from emulator.gbcs.gbz import GbzPayload, gbz_payload
from emulator.gbcs.gbz_alert import FutureDatedOutcome, GbzAlert
from emulator.gbcs.gbz_component import GbzComponent
from emulator.gbcs.other_information import OtherInformation
from emulator.gbcs_device.device_clock import DeviceClock
from emulator.gbcs_device.execution import Command, InjectedFault
from emulator.gbcs_device.gbz.executor import GbzExecutor
from emulator.gbcs_device.gbz.proxy.tap_off import PassedFromMeter, PassedToMeter, TapOff
from emulator.gbcs_device.gbz.state.as_shipped import GPF
from emulator.gbcs_device.gbz.state.moments import seconds_since_2000
from emulator.gbcs_device.gbz.state.store import MeterStore
from emulator.gbcs_device.primitives import PartnerJoined
from emulator.kernel.units import START, Calendar
from emulator.testing.scenes.gbz_scene import (
    METER,
    MOMENT,
    PROXY,
    SUPPLIER,
    answers,
    command,
    component,
    filled,
    meter,
)
from emulator.zcl.payloads.price import PublishTariffInformation

GCS01A: Final = 0x006B
LATER: Final = seconds_since_2000(MOMENT) + 3600


@dataclass
class Proxy:
    """A gas proxy function, and the meter that it listens to.

    Args:
        executor: of the proxy.
        gas_meter: that it listens to.
    """

    executor: GbzExecutor = field(default_factory=lambda: GbzExecutor(MeterStore(GPF)))
    gas_meter: GbzExecutor = field(default_factory=meter)

    def __post_init__(self) -> None:
        self.listen(MOMENT)

    def listen(self, moment: datetime) -> None:
        """Listen from a moment on, for a meter that is in the device log."""
        self.tap = TapOff(self.executor, PROXY, DeviceClock(Calendar(moment)))
        self.tap.handle(PartnerJoined(METER, DeviceType.GSME), START)

    def hear(
        self, components: Sequence[GbzComponent], *faults: InjectedFault, code: int = GCS01A
    ) -> Sequence[object]:
        """Let a command pass, and the meter's answer."""
        asked = command(components, code=code, faults=faults)
        self.tap.handle(PassedToMeter(asked.message.encode()), START)
        answer = self.answer(asked)
        return self.tap.handle(PassedFromMeter(answer.encode()), START)

    def answer(self, asked: Command) -> Message:
        """The meter's answer to a command."""
        return reply(asked.message, gbz_payload(answers(self.gas_meter, asked)))

    def standing_charge(self) -> object:
        """What the proxy tells of the tariff."""
        return self.executor.store.attributes.get(0x0700, 0x0301)


def reply(asked: Message, payload: GbzPayload) -> Message:
    """The meter's answer to a command."""
    return replace(
        asked,
        cra=Cra.RESPONSE,
        originator=METER,
        recipient=asked.originator,
        payload=payload.encode(),
        signature=b"",
    )


def alert(code: int, outcome: FutureDatedOutcome) -> Message:
    """The meter's alert that something took effect, or did not."""
    payload = GbzPayload(alert=GbzAlert(code, LATER, outcome, 1)).encode()
    information = OtherInformation(0x00CD)
    return Message(Cra.ALERT, 5, METER, SUPPLIER, b"", information, payload, b"")


def tariff(charge: int, start: int = 0, sequence: int = 0) -> GbzComponent:
    """A tariff with a standing charge."""
    request = filled(PublishTariffInformation, standing_charge=charge, start_time=start)
    return component(0x0700, request, sequence)


TOOK_EFFECT: Final = FutureDatedOutcome(GCS01A, 1000, 0x0700, 0x09, 0x04)
