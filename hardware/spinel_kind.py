"""The kind of radio `spinel`: what stands behind `--radio NAME=spinel:PORT`."""

import json
from contextlib import closing
from dataclasses import asdict, replace
from typing import Final

from emulator.kernel.errors import EnvironmentFault, WireError
from emulator.lab.radios.kinds import DonglePlace, DongleReport, RadioPlace
from emulator.smart_energy.device import PoweredRadio
from hardware.line.address import DEFAULT_BAUD, SerialAddress, parse_address
from hardware.line.byte_line import ByteLine, LineFault
from hardware.line.opening import open_line
from hardware.spinel.asking import Asker, stranger, wrong
from hardware.spinel.driver import SpinelRadio
from hardware.spinel.frames import EuiValue, OnePacked, TwoPacked
from hardware.spinel.packed import take_packed
from hardware.spinel.properties import (
    NEEDED,
    PROTOCOL_VERSION,
    Capability,
    Property,
    RadioCapability,
)
from hardware.virtual.linked import linked_radio

VIRTUAL: Final = "virtual"
"""The port of a dongle in this process, on the air of the run."""
ROLES: Final = "one device at a time: the hub, or one meter, or one display; or the sniffer"
_OTHER_BAUDS: Final = (460_800, 1_000_000, 230_400, 57_600)
"""What other images of common sticks are built for."""
_LACKS: Final = (
    "sub-GHz (the hub's 868 MHz network): no OpenThread RCP has it",
    "several devices on one stick: one address filter, one device",
)


class SpinelKind:
    """A dongle with OpenThread RCP firmware."""

    title = "a dongle with OpenThread RCP firmware: NAME=spinel:PORT, or spinel:virtual"

    def check(self, port: str) -> None:
        """Whether `port` can be one.

        Raises:
            UsageError: when it is no address.
        """
        if port != VIRTUAL:
            parse_address(port)

    def is_real(self, port: str) -> bool:
        """Whether time outside has to be waited for."""
        return port != VIRTUAL

    def probe(self, port: str) -> DongleReport:
        """Ask the dongle what it is, and let it begin anew.

        Raises:
            UsageError: when `port` is no address.
            EnvironmentFault: when no radio co-processor answers; says what does, and what to do.
        """
        address = parse_address(port)
        with closing(open_line(port)) as line:
            found = _report(port, line)
            if found is not None:
                return found
            if isinstance(address, SerialAddress) and address.baud == DEFAULT_BAUD:
                other = _other_baud(address)
                if other is not None:
                    raise EnvironmentFault(
                        f"{port}: answers at {other} baud: use {address.path}?baud={other}"
                    )
        with closing(open_line(port)) as line:
            raise wrong(port, stranger(Asker(line)))

    def make(self, port: str, place: RadioPlace) -> PoweredRadio:
        """The radio of a device.

        Raises:
            EnvironmentFault: as `probe`.
        """
        if port == VIRTUAL:
            where = DonglePlace(name=place.name, surroundings=place.surroundings, default_key=False)
            radio, _ = linked_radio(where, place.settings)
            return radio
        report = _read(place.lines.tell(place.name, lambda: _written(self.probe(port))))
        place.note(f"{place.name}: {report.firmware} at {report.port}: {report.roles}")
        radio = SpinelRadio(
            place.name,
            place.surroundings.scheduler,
            place.settings,
            place.observe,
        )
        radio.attach(place.lines.open(place.name, lambda: open_line(port), radio.receive))
        place.at_end(lambda: _tell(radio, place))
        return radio


SPINEL: Final = SpinelKind()


def _tell(radio: SpinelRadio, place: RadioPlace) -> None:
    if radio.troubles:
        place.note(f"{place.name}: its dongle: {radio.troubles}")


def _other_baud(address: SerialAddress) -> int | None:
    """The baud rate at which a co-processor answers, of those that images are built for."""
    for baud in _OTHER_BAUDS:
        try:
            with closing(open_line(f"{address.path}?baud={baud}&flow={address.flow}")) as line:
                if Asker(line).ask(Property.PROTOCOL_VERSION, tries=1) is not None:
                    return baud
        except LineFault:
            continue
    return None


def _report(port: str, line: ByteLine) -> DongleReport | None:
    """What the co-processor says of itself; None when there is no Spinel.

    Raises:
        EnvironmentFault: when it speaks Spinel and is no radio co-processor for us.
    """
    asker = Asker(line)
    asker.reset()
    protocol = asker.ask(Property.PROTOCOL_VERSION)
    if protocol is None:
        return None
    try:
        return _understood(port, asker, protocol)
    except WireError as fault:
        raise EnvironmentFault(
            f"{port}: answers of unknown firmware ({fault}): flash it"
        ) from fault


def _understood(port: str, asker: Asker, protocol: bytes) -> DongleReport:
    version, _ = TwoPacked.take(protocol)
    firmware = (asker.ask(Property.NCP_VERSION) or b"").split(b"\x00")[0].decode("ascii", "replace")
    abilities = _capabilities(asker.ask(Property.CAPS) or b"")
    if Capability.CONFIG_RADIO not in abilities and Capability.MAC_RAW not in abilities:
        raise EnvironmentFault(
            f"{port}: {firmware} is a Thread network co-processor: flash an OpenThread RCP image"
        )
    if version.major != PROTOCOL_VERSION[0]:
        raise EnvironmentFault(
            f"{port}: Spinel version {version.major}.{version.minor}, expected "
            f"{PROTOCOL_VERSION[0]}: flash a newer OpenThread RCP image"
        )
    radio = RadioCapability(OnePacked.take(asker.ask(Property.RADIO_CAPS) or b"\x00")[0].number)
    if NEEDED & ~radio:
        missing = ", ".join(each.name or "?" for each in NEEDED & ~radio)
        raise EnvironmentFault(f"{port}: {firmware} lacks {missing}: flash a newer RCP image")
    address = asker.ask(Property.HWADDR)
    return DongleReport(
        kind="spinel",
        port=port,
        firmware=firmware,
        protocol=f"Spinel {version.major}.{version.minor}",
        eui64="" if address is None else f"{EuiValue.decode(address).eui64:016X}",
        abilities=tuple(each.name or "?" for each in radio),
        lacks=_LACKS,
        roles=ROLES,
        use=f"--radio hub=spinel:{port}",
    )


def _capabilities(octets: bytes) -> frozenset[Capability]:
    found = []
    at = 0
    while at < len(octets):
        number, at = take_packed(octets, at, len(octets), "CAPS")
        found.append(Capability(number))
    return frozenset(found)


def _written(report: DongleReport) -> str:
    return json.dumps(asdict(report))


def _read(text: str) -> DongleReport:
    report = DongleReport(**json.loads(text))
    return replace(report, abilities=tuple(report.abilities), lacks=tuple(report.lacks))
