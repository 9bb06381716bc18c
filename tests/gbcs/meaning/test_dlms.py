from emulator.cosem.logical_names import parse_obis
from emulator.dlms.access import AccessRequest, AccessResponse, Outcome
from emulator.dlms.data import (
    NULL,
    Data,
    array,
    boolean,
    long_unsigned,
    octet_string,
    structure,
)
from emulator.dlms.data_coding import encode_data
from emulator.dlms.data_types import DataType
from emulator.dlms.descriptors import AccessKind, Descriptor, Selection
from emulator.dlms.invocation import invoke_id
from emulator.dlms.notification import DataNotification
from emulator.gbcs.meaning.dlms import notification_tree, request_tree, response_tree
from emulator.gbcs.meaning.tree import Tree, lines
from emulator.gbcs.use_cases.catalogue import use_case

LOG = parse_obis("0-0:30.3.0.255")
REQUEST = AccessRequest(
    invoke_id(1),
    (
        Descriptor(AccessKind.SET, 104, LOG, 3),
        Descriptor(AccessKind.ACTION, 104, LOG, 2),
    ),
    (long_unsigned(90), octet_string(bytes(8))),
)
UNREGISTER = "DeviceLog(CHF).unregister_device (ZigBee Network Control, 0-0:30.3.0.255)"
BLOCK = bytes.fromhex("31 00000000") + b"secret" + bytes(12)


def _text(tree: Tree) -> list[str]:
    return list(lines(tree))


def test_a_request_is_told_item_by_item() -> None:
    assert _text(request_tree(REQUEST, 0)) == [
        "DLMS access-request: stops at the first error",
        "  set: DeviceLog(CHF).join_timeout (ZigBee Network Control, 0-0:30.3.0.255)",
        "    join_timeout: 90",
        f"  action: {UNREGISTER}",
        "    unregister_device: 0000000000000000",
    ]


def test_every_part_of_a_request_is_where_its_offset_says() -> None:
    octets = b"?" * 7 + REQUEST.encode()

    tree = request_tree(REQUEST, 7)

    (item,) = tree.find("action")
    (value,) = tree.find("join_timeout")
    assert octets[item.offset : (item.offset or 0) + 3] == bytes.fromhex("03 0068")
    assert octets[value.offset : (value.offset or 0) + 3] == encode_data(long_unsigned(90))


def test_selective_access_names_its_parameters() -> None:
    parameters = structure(NULL, long_unsigned(1), long_unsigned(2), array())
    log = parse_obis("0-0:99.1.1.255")
    descriptor = Descriptor(AccessKind.GET_WITH_SELECTION, 7, log, 2, Selection(1, parameters))

    tree = request_tree(AccessRequest(0, (descriptor,), (NULL,)), 0)

    assert "      from_value: 1" in _text(tree)


def test_a_response_is_named_by_its_request() -> None:
    outcomes = (Outcome(AccessKind.SET, 0), Outcome(AccessKind.ACTION, 250))

    tree = response_tree(AccessResponse(0, (NULL, NULL), outcomes), 0, REQUEST)

    assert _text(tree) == [
        "DLMS access-response: failed at item 2 of 2: other-reason",
        "  set: DeviceLog(CHF).join_timeout (ZigBee Network Control, 0-0:30.3.0.255): success",
        f"  action: {UNREGISTER}: other-reason",
    ]


def test_a_response_alone_is_named_by_the_annex_where_the_items_agree() -> None:
    register = Data(DataType.DOUBLE_LONG_UNSIGNED, 1234)
    outcomes = (Outcome(AccessKind.GET, 0),) * 4
    export = use_case(0x0026)

    named = response_tree(AccessResponse(0, (register, NULL) * 2, outcomes), 0, None, export)
    short = response_tree(AccessResponse(0, (register,), outcomes[:1]), 0, None, export)

    assert _text(named)[1:3] == [
        "  get: Active Export Register.value (Register, 1-0:2.8.0.255): success",
        "    value: 1234 Wh (1234)",
    ]
    assert _text(short)[1:] == ["  get: item 1: success", "    value: 1234"]


def test_a_result_without_a_name_shows_its_number() -> None:
    tree = response_tree(AccessResponse(0, (NULL,), (Outcome(AccessKind.GET, 99),)), 0)

    assert tree.value == "failed at item 1 of 1: result 99"


def test_sensitive_data_is_told_once_it_is_opened() -> None:
    response = AccessResponse(
        0, (structure(NULL, octet_string(BLOCK)),), (Outcome(AccessKind.ACTION, 0),)
    )

    def sensitive(opened: dict[bytes, bytes]) -> str:
        tree = response_tree(response, 0, None, None, opened)
        return next(tree.find("sensitive data")).value

    assert sensitive({}) == "encrypted, block of 23 octets"
    assert sensitive({BLOCK: encode_data(boolean(yes=True))}) == "true"
    assert sensitive({BLOCK: b"\xfe"}).startswith("FE (")


def test_an_alert_is_told_by_its_code() -> None:
    time = octet_string(bytes.fromhex("07EE010FFF090000008000FF"))
    body = structure(long_unsigned(0x8F72), time, octet_string(b"\x00" * 32))

    tree = notification_tree(DataNotification(0, body), 0)

    assert tree.value == "8F72 " + next(tree.find("alert code")).value[5:]
    assert next(tree.find("time")).value.startswith("2030-01-15 09:00:00 UTC")
    assert next(tree.find("content 1")).value == "00" * 32


def test_a_notification_that_is_no_alert_is_told_as_it_is() -> None:
    tree = notification_tree(DataNotification(0, boolean(yes=False)), 0)

    assert _text(tree) == ["DLMS data-notification", "  body: false"]


def test_sensitive_data_is_named_by_the_annex() -> None:
    response = AccessResponse(
        0, (structure(NULL, octet_string(BLOCK)),), (Outcome(AccessKind.ACTION, 0),)
    )
    register = Data(DataType.DOUBLE_LONG_UNSIGNED, 7)
    import_registers = structure(register, NULL, register, NULL)
    plaintext = encode_data(structure(import_registers))

    tree = response_tree(response, 0, None, use_case(0x0027), {BLOCK: plaintext})

    (told,) = tree.find("ImportRegisterCollection.value (Data, 0-0:94.44.34.10)")
    assert [each.value for each in told.find("active_import_value")] == ["7"]
