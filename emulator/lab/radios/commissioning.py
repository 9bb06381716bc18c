"""What `hanlab radio commission` does: the devices of a shipment join the network of a dongle."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from emulator.kernel.errors import EnvironmentFault, UsageError
from emulator.kernel.extensions import load, names
from emulator.kernel.identity import Eui64, format_eui64
from emulator.kernel.scheduler import Scheduler
from emulator.kernel.streams import Streams
from emulator.kernel.trace import Record, Trace
from emulator.kernel.units import Calendar, Instant, seconds
from emulator.lab.home.certificate_office import CertificateOffice
from emulator.lab.home.device_factory import GB_SUITES
from emulator.lab.home.join_diagnosis import WRONG_CODE, key_establishment_told
from emulator.lab.home.join_watch import JoinWatch
from emulator.lab.radios.coordinators import (
    CoordinatorKind,
    CoordinatorPlace,
    CoordinatorReport,
)
from emulator.lab.radios.paced_clock import PacedClock
from emulator.lab.shipments.device_names import names_for
from emulator.lab.shipments.shipment import Shipment, ShipmentDevice, read_shipment
from emulator.radio.simulated import SimulatedRadio
from emulator.smart_energy.device import Surroundings
from emulator.smart_energy.facts import (
    AttributesRead,
    InterviewEnded,
    KeyEstablished,
    KeyEstablishmentFailed,
)

HUB: Final = "HUB"
_START_LIMIT: Final = 60
"""Seconds in which a dongle has formed its network."""
_PERMIT: Final = 254
NOT_JOINED: Final = "did not join"


@dataclass(frozen=True, slots=True, kw_only=True)
class CommissionRequest:
    """What is to be commissioned, as the command line asks for it.

    Args:
        dongle: KIND:PORT, an entry point of `hanlab.coordinators` and where the dongle is.
        devices: the shipment whose devices, its hub aside, are to join.
        state: folder with the lab's own certificates; None for test certificates.
        limit: seconds in which every device must be through.
    """

    dongle: str
    devices: Path
    state: Path | None = None
    limit: int = 120
    seed: int = 1
    moment: datetime | None = None
    """Of the start, by which dates of certificates are checked; None for the usual one."""


@dataclass(slots=True)
class Commissioned:
    """How far a device came.

    Args:
        suite: under which it agreed its link key; None before.
        values: what was read, by cluster and attribute.
        done: whether everything was read.
        hopeless: whether waiting any longer will not help.
        failure: why not.
    """

    name: str
    eui64: Eui64
    suite: int | None = None
    values: dict[str, str] = field(default_factory=dict)
    done: bool = False
    hopeless: bool = False
    failure: str = NOT_JOINED


Tell = Callable[[str, Commissioned], None]


class Commissioning:
    """One run: a network, and every device through it.

    Args:
        request: as it was checked.
        kind: of dongle.
        shipment: whose devices join.
        clock: lets time outside pass, and has the line.
        tell: told of every step of a device, by the step's name.
    """

    def __init__(
        self,
        request: CommissionRequest,
        kind: CoordinatorKind,
        shipment: Shipment,
        clock: PacedClock,
        tell: Tell,
    ) -> None:
        self._request = request
        self._tell = tell
        self._scheduler = Scheduler(clock)
        self._streams = Streams(request.seed)
        trace = Trace(keep=False)
        trace.listen(self._record)
        called = names_for(shipment.devices)
        self.devices = {
            each.eui64: Commissioned(called[each.eui64], each.eui64) for each in shipment.joining
        }
        self._shipped = shipment.joining
        self._watches = {
            each.eui64: JoinWatch(called[each.eui64], each.eui64) for each in shipment.joining
        }
        calendar = Calendar() if request.moment is None else Calendar(request.moment)
        office = CertificateOffice(request.state, calendar)
        port = request.dongle.partition(":")[2]
        self._coordinator = kind.open(
            port,
            CoordinatorPlace(
                name=HUB,
                surroundings=Surroundings(
                    self._scheduler, self._streams, trace, calendar, _no_radio
                ),
                lines=clock,
                credentials=lambda eui64: office.credentials(
                    eui64, GB_SUITES, self._streams.stream(HUB, "certificates"), foreign=False
                ),
            ),
        )

    def form(self) -> CoordinatorReport:
        """Wait until the network of the dongle runs.

        Raises:
            EnvironmentFault: when it does not, or has no room for every device.
        """
        self._run(_START_LIMIT, lambda: self._coordinator.report is not None)
        report = self._coordinator.report
        if report is None:
            raise EnvironmentFault(f"{self._request.dongle}: no network after {_START_LIMIT} s")
        if report.keys < len(self.devices):
            raise EnvironmentFault(
                f"{self._request.dongle}: room for {report.keys} keys, {len(self.devices)} devices "
                "need one each: take fewer devices, or firmware with a longer key table"
            )
        return report

    def commission(self) -> bool:
        """Admit every device, and wait until each is through or never will; whether all were."""
        for each in self._shipped:
            self._coordinator.admit(each.eui64, _link_key(each), _PERMIT)
        self._run(
            self._request.limit,
            lambda: all(each.done or each.hopeless for each in self.devices.values()),
        )
        self._coordinator.close_joining()
        return all(each.done for each in self.devices.values())

    def _run(self, limit: int, stop: Callable[[], bool]) -> None:
        until = Instant(self._scheduler.now + seconds(limit))
        if not stop():  # the loop asks only after something happened
            self._scheduler.run(until, stop=stop)

    def _record(self, record: Record) -> None:
        self._tell_step(record)
        for eui64, watch in self._watches.items():
            watch.note(record)
            device = self.devices[eui64]
            if watch.hopeless and not device.hopeless:
                device.hopeless = True
                if device.failure == NOT_JOINED:
                    self._step("refused", eui64, WRONG_CODE)

    def _tell_step(self, record: Record) -> None:
        match record.fact:
            case KeyEstablished(partner=partner, suite=suite):
                self._step("commissioned", partner, "was not read", suite=suite)
            case KeyEstablishmentFailed(partner=partner) as fact:
                self._step("refused", partner, key_establishment_told(fact))
            case AttributesRead(cluster=cluster, peer=peer, values=values, outcome=outcome):
                read = {f"{cluster:#06x}:{number:#06x}": value for number, value in values}
                why = "was not read" if read else f"{cluster:#06x} was not read: {outcome}"
                self._step("read", peer, why, values=read)
            case InterviewEnded(partner=partner, complete=True):
                self._step("done", partner, "", done=True)
            case _:
                pass

    def _step(self, step: str, eui64: Eui64 | None, failure: str, **found: Any) -> None:
        device = None if eui64 is None else self.devices.get(eui64)
        if device is None:
            return
        device.suite = found.get("suite", device.suite)
        device.values |= found.get("values", {})
        device.done = found.get("done", device.done)
        device.failure = failure
        self._tell(step, device)


def check_commission(request: CommissionRequest) -> tuple[CoordinatorKind, Shipment]:
    """The kind of dongle and the shipment of a request that can be begun; opens nothing.

    Raises:
        UsageError: with every mistake.
    """
    mistakes: list[str] = []
    scheme, mark, port = request.dongle.partition(":")
    kinds = names("hanlab.coordinators")
    kind: CoordinatorKind | None = None
    if scheme in kinds and mark:
        kind = load("hanlab.coordinators", scheme)
        try:
            kind.check(port)
        except UsageError as refusal:
            mistakes.extend(refusal.problems)
    else:
        told = ", ".join(f"{each}:PORT" for each in kinds) or "none is installed"
        mistakes.append(f"{request.dongle}: expected {told}")
    shipment: Shipment | None = None
    try:
        shipment = read_shipment(request.devices)
        mistakes.extend(_without_code(request.devices, shipment))
    except UsageError as refusal:
        mistakes.extend(refusal.problems)
    if mistakes or kind is None or shipment is None:
        raise UsageError(*mistakes)
    return kind, shipment


def _without_code(path: Path, shipment: Shipment) -> list[str]:
    return [
        f"{path}: {each.type} {format_eui64(each.eui64)}: no install code to join by"
        for each in shipment.joining
        if each.install_code is None
    ]


def _link_key(device: ShipmentDevice) -> bytes:
    if device.install_code is None:
        raise UsageError(f"{format_eui64(device.eui64)}: no install code to join by")
    return device.install_code.link_key


def _no_radio(name: str) -> SimulatedRadio:
    raise EnvironmentFault(f"{name}: the radio is the dongle's")
