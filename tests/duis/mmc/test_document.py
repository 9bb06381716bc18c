"""Reference responses in the form of the catalogue, held against its schema and what they say."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass

import pytest
from lxml import etree

from emulator.dcc.commands.outcome import successful
from emulator.duis.mmc.document import mmc_document
from emulator.duis.mmc.elements import MMC_NAMESPACE
from emulator.duis.mmc.reading import read_payload
from emulator.duis.mmc.record import AnswerRecord, Line, answer_records
from emulator.gbcs.envelope import Cra, Message
from emulator.kernel.errors import UsageError, WireError
from emulator.kernel.streams import Streams
from emulator.testing.judges.reference_data import reference_messages
from tests.duis.mmc.reference_answers import Said, catalogue_schema, responses

NAMES = {"ra": MMC_NAMESPACE}
EVERY_ROW = "*"
Path = tuple[str, ...]


def text(root: etree._Element, path: str) -> str:
    return str(root.xpath("string(" + path + ")", namespaces=NAMES))


def texts(root: etree._Element, path: str) -> list[str]:
    found = root.xpath(path + "/text()", namespaces=NAMES)
    assert isinstance(found, list)
    return [str(each) for each in found]


def document(said: Said, *, opened: bool = True) -> etree._Element:
    return mmc_document(said.octets, said.srv, said.opened if opened else {})


def first(code: int) -> Said:
    """The first response of a use case that says that all was carried out."""
    return next(each for each in responses() if each.code == code and successful(each.payload))


@pytest.mark.parametrize("opened", [True, False])
def test_every_reference_response_is_as_the_schema_says(opened: bool) -> None:
    told: Counter[str] = Counter()

    for said in responses():
        root = etree.fromstring(etree.tostring(document(said, opened=opened)))
        catalogue_schema().assertValid(root)
        told[text(root, "//ra:SMETSData/*/@MessageSuccess") or "no values"] += 1

    assert sum(told.values()) > 400
    assert told["true"] > told["false"]
    assert told["no values"] < 20


def test_log_of_a_hub_has_how_each_device_is_heard() -> None:
    # CCS06: averageRSSI is the link quality (use-case annex of GBCS, CHTS 4.6.3.14)
    root = document(first(0x010F))

    assert texts(root, "//ra:CHFDeviceLogEntry/ra:SubGHzLinkQuality") == ["-50", "-54"]


def test_every_value_of_a_response_is_written_or_known_to_have_no_place() -> None:
    whole, missing = 0, {}

    for said in responses():
        if not successful(said.payload):
            continue
        left = unsaid(said)
        whole += not left
        if left:
            missing[said.name] = left

    assert not missing
    assert whole > 290


def unsaid(said: Said) -> list[Path]:
    """What a response says that no line of its record takes, and that is not silent either."""
    reading = read_payload(said.payload, said.opened)
    record = answer_records().get(said.code)
    taken = [] if record is None else list(taken_by(record))
    return [leaf for leaf in leaves(reading) if not any(covers(each, leaf) for each in taken)]


def leaves(value: object, at: Path = ()) -> Iterator[Path]:
    if isinstance(value, dict):
        for name, part in value.items():
            yield from leaves(part, (*at, str(name)))
    elif isinstance(value, tuple):
        for place, part in enumerate(value):
            yield from leaves(part, (*at, str(place)))
    elif is_dataclass(value):
        for each in fields(value):
            yield from leaves(getattr(value, each.name), (*at, each.name))
    elif value is not None:
        yield at


def covers(taken: Path, leaf: Path) -> bool:
    return len(taken) <= len(leaf) and all(
        own in (EVERY_ROW, other) for own, other in zip(taken, leaf, strict=False)
    )


def taken_by(record: AnswerRecord) -> Iterator[Path]:
    yield from taken_in(record.lines, ())
    yield from (tuple(each.split(".")) for each in record.silent)


def taken_in(lines: Sequence[Line], around: Path) -> Iterator[Path]:
    for line in lines:
        if not line.inside:
            yield from ((*around, *each) for each in sources(line.source))
        elif line.source.startswith(";"):
            for group in line.source[1:].split(";"):
                yield from taken_of_group(line.inside, around, list(sources(group)))
        elif ":" in line.source and not line.source.endswith(":twin"):
            yield (*around, *next(sources(line.source)))
        else:
            rows = () if "," in line.source else (EVERY_ROW,)
            for each in sources(line.source):
                yield from taken_in(line.inside, (*around, *each, *rows))


def taken_of_group(lines: Sequence[Line], around: Path, group: Sequence[Path]) -> Iterator[Path]:
    """A row that is put together: its parts are told by their place in the group."""
    for line in lines:
        for each in sources(line.source):
            if each == ("#",):
                continue
            own = (*around, *group[int(each[0])], *each[1:])
            yield from taken_in(line.inside, (*own, EVERY_ROW)) if line.inside else (own,)


def sources(written: str) -> Iterator[Path]:
    for each in written.split(","):
        yield tuple(step for step in each.partition(":")[0].split(".") if step)


def test_the_header_names_parties_message_and_request() -> None:
    root = document(first(0x0026))

    assert text(root, "//ra:BusinessOriginatorID") == "00-DB-12-34-56-78-90-A0"
    assert text(root, "//ra:GBCSHexadecimalMessageCode") == "0026"
    assert text(root, "//ra:ServiceReferenceVariant") == "4.2"


def test_registers_have_their_units() -> None:
    export, gas = document(first(0x0026)), document(first(0x0074))

    assert text(export, "//ra:ActiveExportRegister/ra:Value") == "10"
    assert text(export, "//ra:ReactiveExportRegister/ra:ReactiveEnergyUnit") == "varh"
    assert text(gas, "//ra:ConsumptionRegister/ra:Value") == "12.345"
    assert text(gas, "//ra:ConsumptionRegister/ra:Unit") == "m3"


def test_matrices_are_numbered() -> None:
    root = document(first(0x0029))

    prices = root.findall(".//ra:TOUPrimaryRegisterValue", NAMES)
    assert [each.get("index") for each in prices] == [str(each) for each in range(1, 49)]
    assert [each.text for each in prices[:3]] == ["81", "15", "176"]


def test_logs_have_their_times() -> None:
    root = document(first(0x002E))

    assert texts(root, "//ra:LogEntry/ra:Amount")[:2] == ["95", "203"]
    assert texts(root, "//ra:LogEntry/ra:Timestamp")[0] == "2014-12-23T00:00:00Z"


def test_samples_of_gas_are_hours_and_days_apart() -> None:
    (said,) = [
        each
        for each in responses()
        if each.code == 0x00A0
        and "GetSampledDataResponse" in read_payload(each.payload, each.opened)
    ]

    times = texts(document(said), "//ra:LogEntry/ra:Timestamp")
    assert times[:2] == ["2014-12-22T00:00:00Z", "2014-12-23T00:00:00Z"]


def test_what_is_encrypted_stays_so_without_the_key() -> None:
    said = first(0x0027)
    closed, opened = document(said, opened=False), document(said)

    assert text(closed, "//ra:GBCSData/@format") == "encrypted"
    assert text(closed, "//ra:ReadInstantaneousImportRegistersRsp/@MessageSuccess") == "true"
    assert not text(closed, "//ra:ActiveImportRegister/ra:Value")
    assert not text(opened, "//ra:GBCSData/@format")
    assert text(opened, "//ra:ActiveImportRegister/ra:Value") == "10"


def test_what_failed_is_told_item_by_item() -> None:
    failed = next(
        each for each in responses() if each.code == 0x001D and not successful(each.payload)
    )
    root = document(failed)

    assert text(root, "//ra:ResetTariffBlockCounterMatrixRsp/@MessageSuccess") == "false"
    assert text(root, "//ra:COSEMResponse/ra:ActionResult") not in {"", "success"}


def test_a_refusal_to_join_says_why() -> None:
    failed = next(
        each for each in responses() if each.code == 0x000D and not successful(each.payload)
    )
    root = document(failed)

    assert text(root, "//ra:JoinServiceCriticalRsp/@MessageSuccess") == "false"
    assert text(root, "//ra:joinResponseCode/ra:ASN1Status") not in {"", "success"}


def test_a_command_is_no_response() -> None:
    command = next(
        each.octets
        for each in reference_messages()
        if Message.decode(each.octets).cra is Cra.COMMAND
    )

    with pytest.raises(UsageError, match="expected a response"):
        mmc_document(command, "4.2")


def test_values_of_another_request_have_no_place() -> None:
    message = Message.decode(first(0x0026).octets)
    root = mmc_document(message.encode(), "3.1")

    assert not text(root, "//ra:ActiveExportRegister/ra:Value")
    assert text(root, "//ra:DisplayMessageRsp/@MessageSuccess") == "true"


def test_octets_that_came_to_harm_are_told_or_refused() -> None:
    stream = Streams(1).stream("harmed", "answers")
    told = 0
    for said in responses():
        octets = bytearray(said.octets)
        octets[stream.integer(0, len(octets) - 1)] = stream.integer(0, 255)
        try:
            etree.tostring(mmc_document(bytes(octets), said.srv, said.opened))
        except (UsageError, WireError):
            continue
        told += 1

    assert told > 50
