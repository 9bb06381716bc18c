"""Run results made by hand, for tests of what is written from them.

The run is the dual-fuel home a scenario would commission: plausible in every field, and small.
Its octets are drawn from a stream: they have the shape of frames and mean nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from emulator.kernel.identity import parse_eui64
from emulator.kernel.streams import Stream
from emulator.kernel.units import Instant
from emulator.lab.kept.result import (
    ChartRow,
    DeviceRow,
    InputFile,
    LinkKeyState,
    RunResult,
    Source,
    Step,
    Verdict,
)

DEVICES: Final = (
    DeviceRow(
        eui64=parse_eui64("00-DB-12-34-56-78-90-A2"),
        name="hub",
        type="CHF",
        nwk=0x0000,
        joined=True,
        link_key=LinkKeyState.NONE,
        suite=None,
    ),
    DeviceRow(
        eui64=parse_eui64("00-DB-12-34-56-78-90-A3"),
        name="gpf",
        type="GPF",
        nwk=0x0000,
        joined=True,
        link_key=LinkKeyState.NONE,
        suite=None,
    ),
    DeviceRow(
        eui64=parse_eui64("00-DB-12-34-56-78-90-A0"),
        name="esme",
        type="ESME",
        nwk=0x3F1C,
        joined=True,
        link_key=LinkKeyState.CBKE,
        suite=2,
        parent="hub",
    ),
    DeviceRow(
        eui64=parse_eui64("00-DB-12-34-56-78-90-A1"),
        name="gsme",
        type="GSME",
        nwk=0x88D2,
        joined=True,
        link_key=LinkKeyState.CBKE,
        suite=2,
        parent="esme",
        sleepy=True,
    ),
    DeviceRow(
        eui64=parse_eui64("00-DB-12-34-56-78-90-A4"),
        name="ppmid",
        type="PPMID",
        nwk=0x0C47,
        joined=True,
        link_key=LinkKeyState.CBKE,
        suite=1,
        parent="hub",
    ),
    DeviceRow(
        eui64=parse_eui64("00-DB-12-34-56-78-90-A5"),
        name="hcalcs",
        type="HCALCS",
        nwk=0x51AA,
        joined=True,
        link_key=LinkKeyState.PRECONFIGURED,
        suite=None,
        parent="hub",
    ),
    DeviceRow(
        eui64=parse_eui64("00-DB-12-34-56-78-90-B0"),
        name="ihd",
        type="IHD",
        nwk=0xE3B0,
        joined=True,
        link_key=LinkKeyState.CBKE,
        suite=2,
        parent="ppmid",
        sleepy=True,
    ),
    DeviceRow(
        eui64=parse_eui64("00-DB-12-34-56-78-90-B1"),
        name="cad",
        type="CAD",
        nwk=None,
        joined=False,
        link_key=LinkKeyState.NONE,
        suite=None,
    ),
)


@dataclass(frozen=True, slots=True)
class _Message:
    """One message of the joining conversation; `up` is from the joiner to its parent."""

    up: bool
    label: str
    layer: Literal["mac", "nwk", "aps", "zdo", "zcl"]
    security: str
    octets: int


_NWK = "NWK"
_APS = "NWK + APS link key"
_JOIN: Final = (
    _Message(up=True, label="Beacon Request", layer="mac", security="", octets=10),
    _Message(up=False, label="Beacon", layer="mac", security="", octets=28),
    _Message(up=True, label="Association Request", layer="mac", security="", octets=21),
    _Message(up=True, label="Data Request", layer="mac", security="", octets=18),
    _Message(up=False, label="Association Response", layer="mac", security="", octets=27),
    _Message(
        up=False, label="Transport Key, network key", layer="aps", security="APS key", octets=73
    ),
    _Message(up=True, label="Device Announce", layer="zdo", security=_NWK, octets=65),
    _Message(up=True, label="Match Descriptor Request", layer="zdo", security=_NWK, octets=61),
    _Message(up=False, label="Match Descriptor Response", layer="zdo", security=_NWK, octets=58),
    _Message(
        up=True, label="Initiate Key Establishment Request", layer="zcl", security=_NWK, octets=118
    ),
    _Message(
        up=False,
        label="Initiate Key Establishment Response",
        layer="zcl",
        security=_NWK,
        octets=118,
    ),
    _Message(up=True, label="Ephemeral Data Request", layer="zcl", security=_NWK, octets=92),
    _Message(up=False, label="Ephemeral Data Response", layer="zcl", security=_NWK, octets=92),
    _Message(up=True, label="Confirm Key Data Request", layer="zcl", security=_NWK, octets=69),
    _Message(up=False, label="Confirm Key Data Response", layer="zcl", security=_NWK, octets=69),
    _Message(
        up=True,
        label="ZCL Read Attributes, Keep-Alive",
        layer="zcl",
        security=_APS,
        octets=66,
    ),
    _Message(
        up=False,
        label="ZCL Read Attributes Response, Keep-Alive",
        layer="zcl",
        security=_APS,
        octets=74,
    ),
    _Message(
        up=True, label="ZCL Report Attributes, Metering", layer="zcl", security=_APS, octets=79
    ),
    _Message(up=False, label="Link Status", layer="nwk", security=_NWK, octets=50),
)
_BROADCAST: Final = ("Beacon Request", "Device Announce", "Link Status")
_JOINERS: Final = tuple(row for row in DEVICES if row.parent is not None)
_ROUND_US: Final = 9_000_000
_FIRST_US: Final = 412_000


def _row(at: int, message: _Message, joiner: DeviceRow, drawn: Stream) -> ChartRow:
    near, far = joiner.name, joiner.parent or "?"
    source, destination = (near, far) if message.up else (far, near)
    if message.label in _BROADCAST:
        destination = "*"
    psdu = bytes.fromhex("6188") + drawn.octets(message.octets - 2)
    return ChartRow(
        at=Instant(at),
        source=source,
        destination=destination,
        label=message.label,
        layer=message.layer,
        security=message.security,
        detail=(
            "MAC: data, acknowledgement requested",
            f"  sequence number: {psdu[2]}",
            "  PAN: 0x5A17",
            f"  source: {source}",
            f"  destination: {destination}",
            f"{message.layer.upper()}: {message.label}",
            f"  frame counter: {at // 1000}",
            f"  security: {message.security or 'none'}",
            f"FCS: 0x{int.from_bytes(psdu[-2:], 'little'):04X}, right",
        ),
        psdu=psdu,
    )


def _acknowledgement(of: ChartRow) -> ChartRow:
    sent = Instant(of.at + 192 + 32 * (6 + len(of.psdu)))
    psdu = bytes.fromhex("0200") + of.psdu[2:3] + b"\xc4\x1f"
    detail = ("MAC: acknowledgement", f"  sequence number: {psdu[2]}")
    return ChartRow(
        at=sent,
        source=of.destination,
        destination=of.source,
        label="Acknowledgement",
        layer="mac",
        security="",
        detail=detail,
        psdu=psdu,
    )


def chart_rows(count: int) -> tuple[ChartRow, ...]:
    """The first `count` transmissions of a home whose devices join again and again."""

    def endless() -> Iterator[ChartRow]:
        drawn = Stream("chart")
        start = _FIRST_US
        while True:
            for joiner in _JOINERS:
                at = start
                for message in _JOIN:
                    row = _row(at, message, joiner, drawn)
                    yield row
                    if row.destination != "*":
                        yield _acknowledgement(row)
                    at += drawn.integer(6_000, 90_000)
                start += _ROUND_US

    return tuple(row for row, _ in zip(endless(), range(count), strict=False))


def _steps(end: Instant) -> tuple[Step, ...]:
    rows = [
        Step("hub forms the network", "R22 3.6.1.1", Verdict.PASS, Instant(0), Instant(312_480))
    ]
    start = _FIRST_US
    for row in _JOINERS:
        joined = Instant(start + 204_118)
        rows.append(
            Step(f"{row.name} joins", "ZSE 1.4 5.5.5.1", Verdict.PASS, Instant(start), joined)
        )
        agreed = row.link_key is LinkKeyState.CBKE
        rows.append(
            Step(
                name=f"{row.name} agrees its link key",
                clause="ZSE 1.4 5.5.5",
                verdict=Verdict.PASS if agreed else Verdict.FAIL,
                start=joined,
                end=Instant(joined + (487_331 if agreed else 7_600_000)),
                detail=f"suite {row.suite}"
                if agreed
                else "Terminate Key Establishment from the hub: UNKNOWN_ISSUER, wait 30 s",
            )
        )
        start += _ROUND_US
    rows.append(
        Step(
            name="cad joins",
            clause="ZSE 1.4 5.5.5.1",
            verdict=Verdict.INCONCLUSIVE,
            start=Instant(start),
            end=Instant(max(end, start)),
            detail="no beacon heard before the run ended",
        )
    )
    rows.append(
        Step(
            name="cad agrees its link key",
            clause="ZSE 1.4 5.5.5",
            verdict=Verdict.NOT_APPLICABLE,
            start=Instant(max(end, start)),
            end=Instant(max(end, start)),
            detail="it never joined",
        )
    )
    return tuple(rows)


def dual_fuel_result(frames: int = 480) -> RunResult:
    """A failed commissioning of eight devices: every verdict and every state of a key is in it."""
    chart = chart_rows(frames)
    end = Instant(max((row.at for row in chart), default=0) + 2_000_000)
    return RunResult(
        hanlab_version="0.1.0",
        scenario="commissioning/every_device_joins",
        title="Every device of a shipment joins with its install code and agrees its link key",
        source=(Source("ZSE 1.4", "5.5.5"), Source("ZSE 1.4", "5.4")),
        service_mode="han_only",
        seed=1,
        settings={"channel": "11", "join.first_backoff": "1 s", "poll.gsme": "7.5 s"},
        inputs=(
            InputFile("inputs/dual-fuel.csv", "5f" * 32),
            InputFile("inputs/cbke_vectors.json", "a0" * 32),
        ),
        verdict=Verdict.FAIL,
        steps=_steps(end),
        devices=DEVICES,
        frames=len(chart),
        virtual_seconds=end / 1_000_000,
        wall_seconds=0.412,
        radio_seconds=sum(32 * (6 + len(row.psdu)) for row in chart) / 1_000_000,
        trace_sha256="3c" * 32,
        unverified=("join.first_backoff",),
        notes=("The shipment names no supplier: MPANs are checked by their digit only.",),
        chart=chart,
    )
