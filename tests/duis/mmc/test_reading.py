from emulator.dcc.commands.outcome import successful
from emulator.dlms.data import Data
from emulator.dlms.data_types import DataType
from emulator.duis.mmc.reading import PROTECTED, plain, read_payload
from tests.duis.mmc.reference_answers import Said, alerts, responses


def good(code: int) -> list[Said]:
    return [each for each in responses() if each.code == code and successful(each.payload)]


def of(code: int, place: int = 0) -> dict[str, object]:
    said = good(code)[place]
    return dict(read_payload(said.payload, said.opened))


def test_items_of_dlms_go_by_their_place() -> None:
    assert of(0x0026)["0"] == 10
    assert of(0x0026)["1"] == (0, 30)


def test_what_is_protected_is_there_when_it_is_opened() -> None:
    said = good(0x0027)[0]

    assert PROTECTED not in read_payload(said.payload)
    assert read_payload(said.payload, said.opened)[PROTECTED] == ((10, (0, 30), 10, (0, 32)),)
    block = next(iter(said.opened))
    assert read_payload(said.payload, {block: b"\x02"})[PROTECTED] == ()


def test_attributes_and_commands_of_zcl_go_by_name() -> None:
    balance = of(0x012A)
    logged = next(each for place in range(2) if "PublishTopUpLog" in (each := of(0x00C5, place)))

    assert balance["CreditRemaining"] == 2_500_000
    assert isinstance(logged["PublishTopUpLog"], tuple)


def test_attributes_that_are_not_there_are_left_out() -> None:
    assert "Divisor" not in of(0x0074)


def test_alerts_have_code_and_time() -> None:
    said = next(each for each in alerts() if each.code == 0x00CD)

    read = read_payload(said.payload)
    assert read["alert_code"] == 0x8F66
    assert read["message_code"] == 0x006B


def test_bits_are_text() -> None:
    page = of(0x010A)["0"]

    assert page == f"{0xE0000001:032b}"
    assert plain(Data(DataType.UNSIGNED, 5)) == 5
