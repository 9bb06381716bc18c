"""Parameters of requests, against the published request templates and the commands they become."""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from xml.etree.ElementTree import Element, parse

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emulator.gbcs.commands.build import command_payload, values_of
from emulator.gbcs.commands.heading import Activation, CommandHeading
from emulator.gbcs.commands.parameter_groups import GROUPED
from emulator.gbcs.commands.parameter_names import CHOOSING
from emulator.gbcs.commands.parameters import parameter_values
from emulator.gbcs.commands.template_reader import templates
from emulator.gbcs.envelope import Message
from emulator.gbcs.payload import decode_payload
from emulator.gbcs.use_cases.catalogue import use_case
from emulator.kernel.errors import UsageError
from emulator.testing.judges.judges import require
from emulator.testing.judges.reference_data import reference_messages, shared_folder

FILLED_IN_BY_THE_DCC = frozenset(
    (
        "certificate",
        "customer_identification_number",
        "device_type",
        "devices",
        "extended_pan_id",
    )
)
FROM_TEMPLATES = 186
"""Message codes whose request template makes the reference command, octet for octet."""


@cache
def _templates() -> dict[str, Path]:
    folder = shared_folder() / "duis" / "templates"
    require("DUIS templates", folder.is_dir(), "set HANLAB_SHARED to the shared data")
    return {path.stem.removesuffix("_REQUEST_DUIS"): path for path in folder.glob("*.XML")}


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _written(element: Element) -> object:
    text = (element.text or "").strip()
    if not len(element):
        return {**element.attrib, "value": text} if element.attrib else text
    gathered: dict[str, list[object]] = {name: [text] for name, text in element.attrib.items()}
    for each in element:
        gathered.setdefault(_local(each), []).append(_written(each))
    return {name: found[0] if len(found) == 1 else found for name, found in gathered.items()}


def _parameters(path: Path) -> dict[str, object]:
    root = parse(path).getroot()  # noqa: S314 - published files, read from a folder the user names
    body = next(each for each in root.iter() if _local(each) == "Body")
    written = _written(body[0])
    return written if isinstance(written, dict) else {}


def _pairs() -> Iterator[tuple[Message, dict[str, object]]]:
    templates = _templates()
    for each in reference_messages():
        name = each.name.rpartition("/")[2].removesuffix("_COMMAND_GBCS")
        if name in templates and not each.name.endswith("_PRECOMMAND_GBCS"):
            yield Message.decode(each.octets), _parameters(templates[name])


def _made(message: Message, parameters: dict[str, object]) -> bytes:
    record = use_case(message.other_information.message_code)
    read = values_of(record, decode_payload(message))
    asked = parameter_values(record, parameters)
    known = {name: value for name, value in read.values.items() if name in FILLED_IN_BY_THE_DCC}
    heading = CommandHeading(
        originator=message.originator,
        recipient=message.recipient,
        counter=message.counter,
        issued=read.issued,
        execution=asked.execution,
        supplementary_party=message.other_information.supplementary_party,
    )
    return command_payload(record, {**known, **asked.values}, heading).encode()


def test_published_requests_make_the_reference_commands() -> None:
    same = set()
    for message, parameters in _pairs():
        try:
            if _made(message, parameters) == message.payload:
                same.add(message.other_information.message_code)
        except UsageError:
            continue

    assert len(same) >= FROM_TEMPLATES


def test_seasons_of_a_tariff_may_begin_in_any_year() -> None:
    # DUIS 1.1.1 SeasonStartDate, GBCS ECS01a; the reference begins them on 27 October and 29 March
    message, parameters = next(
        (message, parameters)
        for message, parameters in _pairs()
        if message.other_information.message_code == 0x0019
    )
    written = json.dumps(parameters)
    any_year = re.sub(r'"SpecifiedYear": "201[45]"', '"NonSpecifiedYear": ""', written)
    assert any_year != written

    made = _made(message, json.loads(any_year))

    assert len(made) == len(message.payload)
    assert made.count(bytes.fromhex("FFFF 0A1B FF 00000000 8000 FF")) == 1
    assert made.count(bytes.fromhex("FFFF 031D FF 00000000 8000 FF")) == 1


def test_parameters_become_values_by_their_duis_names() -> None:
    asked = parameter_values(
        use_case(0x0001),
        {
            "DeviceID": "00-DB-12-34-56-78-90-A0",
            "RequestType": "Add",
            "AddDeviceToCHFWhitelist": {
                "JoinTimePeriod": "90",
                "InstallCode": "30313233343536373839414243444546",
                "ImportMPxN": "1312345678111",
            },
            "device_type": "ESME",
        },
    )

    assert asked.execution is Activation.NOW
    assert asked.values == {
        "device": "00-DB-12-34-56-78-90-A0",
        "join_timeout": "90",
        "install_code": "30313233343536373839414243444546",
        "device_type": "ESME",
    }


def test_an_execution_date_is_kept_and_the_year_3000_cancels() -> None:
    firmware = {"FirmwareHash": "AA" * 32}
    later = parameter_values(
        use_case(0x0012), firmware | {"ExecutionDateTime": "2030-01-15T09:00:00.00Z"}
    )
    never = parameter_values(
        use_case(0x0012), firmware | {"ExecutionDateTime": "3000-12-31T00:00:00.00Z"}
    )

    assert later.execution == datetime(2030, 1, 15, 9, tzinfo=UTC)
    assert never.execution is Activation.NEVER


def test_a_parameter_without_a_place_is_refused() -> None:
    with pytest.raises(UsageError, match=r"CS07 .* parameter Colour has no place"):
        parameter_values(use_case(0x0013), {"Colour": "red"})


def test_a_date_that_is_impossible_is_refused() -> None:
    with pytest.raises(UsageError, match="ExecutionDateTime is '2015-02-30"):
        parameter_values(use_case(0x0013), {"ExecutionDateTime": "2015-02-30T00:00:00Z"})


_NAMES = sorted(GROUPED | CHOOSING | {"Price", "index", "value", "Season", "DayProfile"})
_WRITTEN = st.recursive(
    st.sampled_from(["", "1", "true", "2015-01-01T00:00:00Z", "x", None, 5]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(_NAMES), inner),
    max_leaves=6,
)


@settings(max_examples=60)
@given(
    code=st.sampled_from(sorted(templates())),
    parameters=st.dictionaries(st.sampled_from(_NAMES), _WRITTEN, max_size=4),
)
def test_no_parameters_raise_anything_but_a_refusal(
    code: int, parameters: dict[str, object]
) -> None:
    with suppress(UsageError):
        assert parameter_values(use_case(code), parameters).values is not None
