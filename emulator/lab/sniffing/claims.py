"""What a call of `hanlab radio sniff` knows of its own network: options, keys, state, shipment."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from emulator.kernel.errors import UsageError
from emulator.kernel.identity import Eui64, format_eui64
from emulator.lab.captures.key_files import key_of, read_key_file, ring_of
from emulator.lab.dissector.key_ring import KeyRing
from emulator.lab.interactive.order_words import Mistakes
from emulator.lab.kept.state_files import load_document
from emulator.lab.shipments.shipment import BENCH_EUI64S, HUB_TYPES, read_shipment
from emulator.lab.sniffing.own_network import EVERYBODY, Claim
from emulator.zigbee.addresses import PanId
from emulator.zigbee.aps.primitives import KeyOrigin

ASK: Final = (
    "whose network is it? say --pan, --devices, --state, --keys or --key, so that nobody else is "
    "overheard (ETAD Appendix J 6.8), or --all-pans"
)


@dataclass(frozen=True, slots=True)
class Known:
    """What was told of one's own network, as the command line has it.

    Args:
        pan: PAN identifier, None where it was not told.
        devices: shipment file.
        state: folder of an earlier run.
        key_file: Wireshark's `zigbee_pc_keys`.
        keys: as typed, 32 hexadecimal digits each.
        all_pans: whether everybody is heard.
    """

    pan: str | None = None
    devices: Path | None = None
    state: Path | None = None
    key_file: Path | None = None
    keys: tuple[str, ...] = ()
    all_pans: bool = False


@dataclass(slots=True)
class Found:
    """What follows from it.

    Args:
        ring: keys that open frames.
        pans: told, or of a hub that was kept.
        channels: of hubs that were kept.
    """

    ring: KeyRing = field(default_factory=KeyRing)
    pans: set[PanId] = field(default_factory=set)
    hubs: set[Eui64] = field(default_factory=set)
    devices: set[Eui64] = field(default_factory=set)
    channels: list[int] = field(default_factory=list)
    network_keys: bool = False

    def claim(self, *, everything: bool) -> Claim:
        """What makes a network one's own."""
        return Claim(
            everything=everything,
            pans=frozenset(self.pans),
            hubs=frozenset(self.hubs),
            devices=frozenset(self.devices),
            keys=self.ring if self.network_keys else None,
        )


def find(known: Known, mistakes: Mistakes) -> Found:
    """Everything that is known of one's own network; what is wrong goes to `mistakes`."""
    found = Found()
    given = mistakes.read(lambda: _typed_keys(known)) or ()
    if given:
        found.ring = ring_of(given)
        found.network_keys = True
    if known.pan is not None:
        pan = mistakes.read(lambda: parse_pan(known.pan or ""))
        if pan is not None:
            found.pans.add(pan)
    if known.state is not None:
        mistakes.read(lambda: _from_state(known.state or Path(), found))
    if known.devices is not None:
        mistakes.read(lambda: _from_shipment(known.devices or Path(), found))
    if known == Known():
        mistakes.problems.append(ASK)
    return found


def parse_pan(text: str) -> PanId:
    """The PAN identifier that somebody wrote, 0x1A62 or 1A62.

    Raises:
        UsageError: when it is none.
    """
    digits = text.lower().removeprefix("0x")
    try:
        number = int(digits, 16) if digits.isalnum() else -1
    except ValueError:
        number = -1
    if not 0 <= number < EVERYBODY:
        raise UsageError(f"--pan {text}: expected a PAN identifier, 0x0000 to 0xFFFE")
    return PanId(number)


def _typed_keys(known: Known) -> Sequence[tuple[bytes, str]]:
    """Keys and labels of the key file and of `--key`.

    Raises:
        UsageError: with every mistake of either.
    """
    mistakes = Mistakes()
    path = known.key_file
    found = list((mistakes.read(lambda: read_key_file(path)) or ()) if path is not None else ())
    for text in known.keys:
        try:
            found.append((key_of(text), "as typed"))
        except UsageError as problem:
            mistakes.problems.append(f"--key {text}: {problem}")
    if mistakes.problems:
        raise UsageError(*mistakes.problems)
    return found


def _from_shipment(path: Path, found: Found) -> None:
    """Who is there, and the link keys that their install codes give."""
    for line in read_shipment(path).devices:
        if line.eui64 not in BENCH_EUI64S:  # another bench's hub may have one of these, too
            (found.hubs if line.type in HUB_TYPES else found.devices).add(line.eui64)
        if line.install_code is not None:
            found.ring.add_link_key(
                line.install_code.link_key, line.eui64, line.type, KeyOrigin.PRECONFIGURED
            )


def _from_state(folder: Path, found: Found) -> None:
    """PAN, channel, hub and keys of the hubs whose state a folder keeps.

    Raises:
        UsageError: when it keeps none.
    """
    hubs = [
        (path, memory)
        for path in sorted(folder.glob("*.json"))
        if (memory := _hub_memory(path)) is not None
    ]
    if not hubs:
        raise UsageError(f"--state {folder}: keeps no hub: expected the folder of an earlier run")
    for path, memory in hubs:
        try:
            _take_hub(memory, Eui64(int(path.stem, 16)), found)
        except (KeyError, TypeError, ValueError, AttributeError) as fault:
            raise UsageError(f"{path}: no state of a hub: {fault!r}") from fault


def _hub_memory(path: Path) -> Mapping[str, Any] | None:
    """What a hub kept; None when the file is none of a hub."""
    try:
        memory = load_document(path)
    except UsageError:
        return None  # the folder keeps other files, too
    return memory if memory is not None and "trust_centre" in memory else None


def _take_hub(memory: Mapping[str, Any], eui64: Eui64, found: Found) -> None:
    base = memory["nwk"]["nib"]
    key = memory["network_key"]
    found.pans.add(PanId(int(base["pan_id"])))
    found.hubs.add(eui64)
    if base["page"] == 0:
        found.channels.append(int(base["channel"]))
    found.ring.add_network_key(bytes.fromhex(key["octets"]), int(key["sequence"]), "of --state")
    found.network_keys = True
    for name, member in memory["trust_centre"]["members"].items():
        device = Eui64(int(name, 16))
        found.devices.add(device)
        octets = bytes.fromhex(member["link_key"] or "")
        if octets:
            found.ring.add_link_key(
                octets, device, f"{format_eui64(device)} of --state", KeyOrigin[member["origin"]]
            )


def told(pans: Iterable[int]) -> str:
    """PAN identifiers in words."""
    return ", ".join(f"0x{pan:04X}" for pan in sorted(pans)) or "none yet"
