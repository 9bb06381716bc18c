from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.crypto.install_code import CODE_LENGTHS, InstallCode
from emulator.kernel.errors import UsageError
from emulator.kernel.identity import Eui64, format_eui64, parse_eui64
from emulator.lab.shipments.shipment import (
    BENCH_EUI64S,
    DEVICE_TYPES,
    Shipment,
    ShipmentDevice,
    bench_shipment,
    parse_shipment,
    read_shipment,
)
from emulator.lab.shipments.shipment_table import COLUMNS

SHIPMENTS = Path(__file__).parents[2] / "data" / "shipments"
HEADER = ",".join(COLUMNS)
CODE = "83FED3407A932B70"
TYPES = "CHF, GPF, ESME, GSME, PPMID, HCALCS, SAPC, IHD, CAD"


def parsed(*lines: str) -> Shipment:
    return parse_shipment("\n".join([HEADER, *lines]).encode(), "file.csv")


def mistakes(*lines: str) -> tuple[str, ...]:
    with pytest.raises(UsageError) as refusal:
        parsed(*lines)
    return refusal.value.problems


def test_dual_fuel_shipment_has_a_hub_and_six_devices_that_join() -> None:
    shipment = read_shipment(SHIPMENTS / "dual-fuel.csv")

    assert shipment.warnings == ()
    assert shipment.hub.eui64 == parse_eui64("00-DB-12-34-56-78-90-A2")
    assert shipment.gas_proxy.eui64 == parse_eui64("00-DB-12-34-56-78-90-A3")
    assert [device.type for device in shipment.joining] == [
        "ESME",
        "GSME",
        "PPMID",
        "HCALCS",
        "IHD",
        "CAD",
    ]
    assert all(device.install_code is not None for device in shipment.joining)


def test_device_keeps_every_cell_of_its_line() -> None:
    device = read_shipment(SHIPMENTS / "dual-fuel.csv").joining[0]

    assert device == ShipmentDevice(
        type="ESME",
        eui64=parse_eui64("00-DB-12-34-56-78-90-A0"),
        install_code=InstallCode.parse("83FED3407A939723A5C639B26916D505C3B5"),
        manufacturer="1027",
        model="ES-1P-01",
        firmware="01020304",
        mpxn="1200012345688",
        line=4,
    )


def test_short_codes_are_codes() -> None:
    shipment = read_shipment(SHIPMENTS / "electricity-only-short-codes.csv")

    lengths = [
        len(device.install_code.octets) for device in shipment.joining if device.install_code
    ]
    assert lengths == [6, 8, 12]


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        (
            "bad-crc.csv",
            [
                (
                    ":4: column install_code: 83FED3407A939723A5C639B26916D505C3B6: "
                    "CRC C3B6, expected C3B5"
                )
            ],
        ),
        (
            "duplicate-eui64.csv",
            [
                (
                    ":5: column eui64: 00-DB-12-34-56-78-90-A0: "
                    "expected an EUI-64 of its own, line 4 has the same"
                )
            ],
        ),
        (
            "two-hubs.csv",
            [
                ":10: column device_type: CHF: expected one hub, line 2 has its CHF",
                ":11: column device_type: GPF: expected one hub, line 3 has its GPF",
            ],
        ),
    ],
)
def test_each_bad_shipment_is_refused_with_every_mistake_on_a_line(
    file: str, expected: list[str]
) -> None:
    path = SHIPMENTS / file

    with pytest.raises(UsageError) as refusal:
        read_shipment(path)

    assert list(refusal.value.problems) == [f"{path}{each}" for each in expected]


def test_shipment_without_a_hub_gets_the_benchs_own_and_says_so() -> None:
    path = SHIPMENTS / "one-meter.csv"

    shipment = read_shipment(path)

    assert [device.type for device in shipment.devices] == ["ESME", "CHF", "GPF"]
    assert shipment.warnings == (
        (
            f"{path}: no hub: the bench supplies its own, CHF 02-48-41-4E-00-00-00-01 "
            "and GPF 02-48-41-4E-00-00-00-02"
        ),
    )


def test_hub_without_a_gas_proxy_gets_one_and_says_so() -> None:
    shipment = parsed("CHF,00-DB-12-34-56-78-90-A2,,,,,")

    assert shipment.gas_proxy.eui64 == BENCH_EUI64S[0]
    assert shipment.warnings == (
        "file.csv: no GPF: the bench gives the hub one, GPF 02-48-41-4E-00-00-00-01",
    )


def test_bench_takes_eui64s_that_no_device_of_the_shipment_has() -> None:
    shipment = parsed(f"ESME,02-48-41-4E-00-00-00-01,{CODE},,,,")

    assert [shipment.hub.eui64, shipment.gas_proxy.eui64] == list(BENCH_EUI64S[1:3])


def test_gas_proxy_without_its_hub_is_a_mistake() -> None:
    (problem,) = mistakes("GPF,00-DB-12-34-56-78-90-A3,,,,,")

    assert problem == (
        "file.csv:2: column device_type: GPF: expected the CHF of the same hub on a line of its own"
    )


def test_run_without_a_shipment_has_the_benchs_hub_alone() -> None:
    shipment = bench_shipment()

    assert [device.type for device in shipment.devices] == ["CHF", "GPF"]
    assert shipment.joining == ()


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ("TOASTER,00-DB-12-34-56-78-90-A0,", f"device_type: TOASTER: expected {TYPES}"),
        (f",00-DB-12-34-56-78-90-A0,{CODE}", f"device_type: (empty): expected {TYPES}"),
        (f"ESME,00-DB-12-34-56-78-90,{CODE}", "eui64: 00-DB-12-34-56-78-90: expected 16 hex"),
        (f"ESME,00-DB:12-34-56-78-90-A0,{CODE}", "eui64: 00-DB:12-34-56-78-90-A0: expected 16 hex"),
        (f"ESME,FFFFFFFFFFFFFFFF,{CODE}", "eui64: FFFFFFFFFFFFFFFF: expected an EUI-64 that a dev"),
        (
            "ESME,00-DB-12-34-56-78-90-A0,",
            "install_code: (empty): 0 hexadecimal digits, expected 16",
        ),
        (
            "ESME,00-DB-12-34-56-78-90-A0,83F",
            "install_code: 83F: 3 hexadecimal digits, expected 16",
        ),
        (
            "ESME,00-DB-12-34-56-78-90-A0,83FED3407A939723A5C639B26916D505C3B500",
            "install_code: 83FED3407A939723A5C639B26916D505C3B500: 38 hexadecimal digits, expected",
        ),
        (
            "ESME,00-DB-12-34-56-78-90-A0,XYZ",
            "install_code: XYZ: 'X' is no hexadecimal digit, expe",
        ),
    ],
)
def test_bad_cell_is_told_by_line_column_value_and_what_was_expected(
    cells: str, expected: str
) -> None:
    (problem,) = mistakes(f"{cells},,,,")

    assert problem.startswith(f"file.csv:2: column {expected}")


def test_all_mistakes_come_at_once_by_line() -> None:
    problems = mistakes(
        "TOASTER,zz,1,,,,",
        f"ESME,00-DB-12-34-56-78-90-A0,{CODE},,,,",
        f"PPMID,00DB1234567890A0,{CODE[:-1]}1,,,,",
    )

    assert [problem.split(": ")[:2] for problem in problems] == [
        ["file.csv:2", "column device_type"],
        ["file.csv:2", "column eui64"],
        ["file.csv:2", "column install_code"],
        ["file.csv:4", "column install_code"],
        ["file.csv:4", "column eui64"],
    ]


@pytest.mark.parametrize("mark", ["-", ":", ""])
def test_eui64_may_be_written_with_any_usual_mark(mark: str) -> None:
    written = mark.join(["00", "DB", "12", "34", "56", "78", "90", "a0"])

    shipment = parsed(f"ESME, {written} ,{CODE},,,,")

    assert format_eui64(shipment.joining[0].eui64) == "00-DB-12-34-56-78-90-A0"


def test_spreadsheet_leftovers_change_nothing() -> None:
    octets = (SHIPMENTS / "dual-fuel.csv").read_bytes()
    spaced = octets.replace(b",", b" , ").replace(b"\n", b" \r\n")

    plain = parse_shipment(octets, "a.csv")
    left = parse_shipment(b"\xef\xbb\xbf" + spaced, "a.csv")

    assert left.devices == plain.devices
    assert left.sha256 != plain.sha256


def test_code_may_have_spaces_and_small_letters() -> None:
    shipment = parsed("esme,00-DB-12-34-56-78-90-A0,83fe d340 7a93 2b70,,,,")

    assert shipment.joining[0].install_code == InstallCode.parse(CODE)
    assert shipment.joining[0].type == "ESME"


def test_install_code_of_a_hub_is_not_used_and_a_warning_says_so() -> None:
    shipment = parsed(f"CHF,00-DB-12-34-56-78-90-A2,{CODE},,,,", "GPF,00-DB-12-34-56-78-90-A3,,,,,")

    assert shipment.hub.install_code is None
    assert shipment.warnings == (
        f"file.csv:2: column install_code: {CODE}: not used: a hub joins nothing",
    )


def test_doubtful_supply_points_are_warnings() -> None:
    shipment = parsed(
        "CHF,00-DB-12-34-56-78-90-A2,,,,,1200012345688",
        "GPF,00-DB-12-34-56-78-90-A3,,,,,",
        f"ESME,00-DB-12-34-56-78-90-A0,{CODE},,,,1200012345689",
        f"GSME,00-DB-12-34-56-78-90-A1,{CODE},,,,7412345609",
    )

    assert shipment.warnings == (
        "file.csv:2: column mpxn: 1200012345688: expected none: only meters have a supply point",
        "file.csv:4: column mpxn: 1200012345689: MPAN check digit 9, expected 8",
        "file.csv:5: column mpxn: 7412345609: MPRN check digits 09, expected 08",
    )


def test_column_that_is_missing_hides_no_mistake_of_the_others() -> None:
    with pytest.raises(UsageError) as refusal:
        parse_shipment(b"eui64,install_code,manufacturer,model,firmware,mpxn\nzz,,,,,\n", "f")

    assert refusal.value.problems == (
        "f:1: column device_type: missing: expected in the header",
        "f:2: column eui64: zz: expected 16 hexadecimal digits",
    )


def test_columns_that_are_missing_are_the_only_mistakes_they_make() -> None:
    with pytest.raises(UsageError) as refusal:
        parse_shipment(b"device_type,manufacturer,model,firmware,mpxn\nESME,,,,\n", "f")

    assert refusal.value.problems == (
        "f:1: column eui64: missing: expected in the header",
        "f:1: column install_code: missing: expected in the header",
    )


codes = st.sampled_from(CODE_LENGTHS).flatmap(
    lambda length: st.binary(min_size=length, max_size=length).map(InstallCode.from_octets)
)
words = st.text("abcXYZ019,\"' .-", max_size=8).map(str.strip)


@st.composite
def shipments(draw: st.DrawFn) -> list[ShipmentDevice]:
    types = draw(st.lists(st.sampled_from([t for t in DEVICE_TYPES if DEVICE_TYPES[t].joins])))
    kinds = ["CHF", "GPF", *types]
    numbers = st.lists(
        st.integers(1, 2**64 - 2), min_size=len(kinds), max_size=len(kinds), unique=True
    )
    return [
        ShipmentDevice(
            type=kind,
            eui64=Eui64(number),
            install_code=draw(codes) if DEVICE_TYPES[kind].joins else None,
            manufacturer=draw(words),
            model=draw(words),
            firmware=draw(words),
            mpxn=draw(words),
            line=line,
        )
        for line, (kind, number) in enumerate(zip(kinds, draw(numbers), strict=True), start=2)
    ]


def written(devices: list[ShipmentDevice]) -> bytes:
    lines = [HEADER]
    for device in devices:
        code = device.install_code.printed if device.install_code else ""
        texts = (device.manufacturer, device.model, device.firmware, device.mpxn)
        quoted = ('"{}"'.format(text.replace('"', '""')) for text in texts)
        lines.append(",".join([device.type, format_eui64(device.eui64), code, *quoted]))
    return "\n".join(lines).encode()


@given(shipments())
def test_written_shipment_reads_back_as_it_was(devices: list[ShipmentDevice]) -> None:
    assert list(parse_shipment(written(devices), "file.csv").devices) == devices


def outcome(octets: bytes) -> Shipment | UsageError:
    try:
        return parse_shipment(octets, "file.csv")
    except UsageError as refusal:
        return refusal


@given(st.binary() | st.text().map(lambda text: f"{HEADER}\n{text}".encode(errors="replace")))
def test_any_octets_give_a_shipment_or_a_refusal(octets: bytes) -> None:
    came = outcome(octets)

    if isinstance(came, Shipment):
        assert came.hub.type == "CHF"
    else:
        assert all(problem.startswith("file.csv:") for problem in came.problems)
        assert all(len(problem.splitlines()) == 1 for problem in came.problems)


def test_install_codes_are_those_of_the_devices_that_join() -> None:
    shipment = read_shipment(SHIPMENTS / "one-meter.csv")

    assert shipment.install_codes == (bytes.fromhex("83FED3407A939723A5C639B26916D505"),)
