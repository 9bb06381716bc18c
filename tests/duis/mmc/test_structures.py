import pytest

from emulator.duis.mmc import structures
from emulator.duis.mmc.content import Content, Conversion
from emulator.gbcs.asn1.codes import CellUsage, KeyUsage

EUI = bytes.fromhex("00db123456789097")


def said(content: Content | None) -> list[tuple[str, str]]:
    assert content is not None
    return [(each.name, each.text) for each in content.parts]


def test_a_switch_is_the_meter_s_own_or_a_device() -> None:
    assert said(structures.switch_type(bytes(8))) == [("ALCS", "")]
    assert said(structures.switch_type(EUI)) == [("HCALCS", "00-DB-12-34-56-78-90-97")]


@pytest.mark.parametrize(
    ("octets", "word"), [(b"", "None"), (b"\xff", "APC"), (bytes(8), "ALCS"), (EUI, "HCALCS")]
)
def test_a_controller_has_a_type(octets: bytes, word: str) -> None:
    assert said(structures.controller_type(octets))[0] == ("AuxiliaryControllerType", word)


def test_a_controller_s_state_is_kept_and_its_levels_are_told() -> None:
    state = '{"outputState": "100", "inputState": 101}'

    assert said(structures.controller_state(state)) == [
        ("OutputState", "100"),
        ("StateAndAssociatedInformation", state),
    ]
    assert said(structures.controller_state("no JSON"))[0][0] == "StateAndAssociatedInformation"
    assert said(structures.controller_state("[]"))[0][0] == "StateAndAssociatedInformation"


@pytest.mark.parametrize("level", ["101", '"' + "9" * 5_000 + '"', '"\u0669"', "[" * 100_000])
def test_what_is_no_level_is_shown_as_the_controller_wrote_it(level: str) -> None:
    written = f'{{"outputState": {level}}}'

    assert said(structures.controller_state(written)) == [
        ("StateAndAssociatedInformation", written)
    ]


def test_an_event_of_a_switch_has_number_action_and_outcome() -> None:
    switched = structures.switch_event((471_916_800, 0x0211, 1, 7))
    level = structures.switch_event((471_916_800, 0x23B2, 9, 7))

    assert said(switched) == [
        ("Timestamp", "2014-12-15T00:00:00Z"),
        ("SwitchNumber", "2"),
        ("SwitchAction", "On"),
        ("Outcome", "Success"),
        ("HANCommandID", "7"),
    ]
    assert said(level)[-2:] == [("AuxiliaryControllerLevel", "50"), ("InputFromControlledLoad", "")]


@pytest.mark.parametrize(
    ("action", "told"),
    [
        (0x1564, [("AuxiliaryControllerLevel", "100")]),
        (0x1511, [("AuxiliaryControllerLevel", "17")]),
        (0x2100, [("AuxiliaryControllerLevel", "0"), ("InputFromControlledLoad", "")]),
        (0x0200, []),
    ],
)
def test_a_commanded_level_is_told_and_is_no_switching(
    action: int, told: list[tuple[str, str]]
) -> None:
    # ECS47a commands 1564: output of the fifth at 100 %
    event = said(structures.switch_event((471_916_800, action, 1, 0)))

    assert [each for each in event if each[0] in dict(told)] == told
    switched = [text for name, text in event if name == "SwitchAction"]
    assert switched == ([] if told else ["Entry relates to a Message from an HC ALCS"])


@pytest.mark.parametrize(
    ("key", "cell", "word"),
    [
        (KeyUsage.DIGITAL_SIGNATURE, CellUsage.MANAGEMENT, "DigitalSigning"),
        (KeyUsage.KEY_AGREEMENT, CellUsage.PREPAYMENT_TOP_UP, "KeyAgreementTopUp"),
    ],
)
def test_a_certificate_has_a_use(key: KeyUsage, cell: CellUsage, word: str) -> None:
    assert structures.certificate_use((key, cell)) == Content(word)


@pytest.mark.parametrize(
    ("status", "word"), [(0, "reliable"), (1, "invalid"), (2, "unreliable"), (3, "invalid")]
)
def test_a_clock_is_trusted_or_not(status: int, word: str) -> None:
    assert said(structures.clock_status(status)) == [("TimeStatus", word)]


def test_a_second_number_stands_behind_the_first() -> None:
    one, two = b"1312345678111", b"13123456781111312345678222"

    assert structures.first_number(two) == Content("1312345678111")
    assert structures.second_number(two) == Content("1312345678222")
    assert structures.second_number(one) is None
    assert structures.first_number(b"") is None


def test_a_version_is_text_or_octets() -> None:
    assert structures.firmware(b"0123ABCD") == Content("0123ABCD")
    assert structures.firmware(b"\x01\xff") == Content("01FF")
    assert structures.firmware(5) is None


def test_an_alert_of_a_controller_names_it_and_its_direction() -> None:
    assert structures.controller_number(0x23) == Content("3")
    assert structures.from_load(0x23) == Content()
    assert structures.from_load(0x13) is None


def test_a_warning_has_words() -> None:
    assert structures.integrity_warning(b"\0\x04") == Content("Error RAM")
    assert structures.integrity_warning(b"\0\x0a") is None


@pytest.mark.parametrize(
    "convert",
    [
        structures.switch_type,
        structures.controller_type,
        structures.controller_state,
        structures.switch_event,
        structures.certificate_use,
        structures.clock_status,
        structures.controller_number,
        structures.integrity_warning,
        structures.supplier_alerts,
        structures.network_alerts,
        structures.gas_alerts,
    ],
)
def test_what_is_no_value_of_its_kind_becomes_nothing(convert: Conversion) -> None:
    assert convert(None) is None
