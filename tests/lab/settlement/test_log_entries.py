"""Entries of a protected log are read by whom they were encrypted for (GBCS 8.4)."""

from dataclasses import replace

import pytest

from emulator.dlms.access import AccessResponse, AccessResult, Outcome
from emulator.dlms.data import (
    CompactArray,
    Data,
    TypeDescription,
    array,
    octet_string,
    structure,
)
from emulator.dlms.data_coding import encode_data
from emulator.dlms.data_types import DataType
from emulator.dlms.descriptors import AccessKind
from emulator.gbcs.envelope import Cra, Message
from emulator.gbcs.other_information import OtherInformation
from emulator.gbcs.pki import make_pki
from emulator.gbcs.protection.agreement import StoredKeyAgreement
from emulator.gbcs.protection.encryption import SensitiveData
from emulator.kernel.errors import WireError
from emulator.kernel.identity import Eui64
from emulator.lab.settlement.log_entries import LogEntry, log_entries
from emulator.lab.world.parties import BROKER, METER_DATA_RETRIEVER, ORGANISATIONS

METER = Eui64(0x00DB1234567890A0)
AGREEMENT = StoredKeyAgreement(make_pki(1, {METER: None}, ORGANISATIONS).keys)
ABOUT = OtherInformation(
    0x0037,
    supplementary_party=METER_DATA_RETRIEVER,
    supplementary_counter=7,
    supplementary_originator_counter=7,
)
EMPTY = Message(Cra.RESPONSE, 1, METER, BROKER, b"", ABOUT, b"")


def number(value: int) -> Data:
    return Data(DataType.DOUBLE_LONG_UNSIGNED, value)


def answer(*rows: tuple[int, ...], compact: bool = False) -> bytes:
    """What a meter answers to ECS22b: protection, and the encrypted structure of the log."""
    log = array(*(structure(*map(number, row)) for row in rows))
    if compact and isinstance(log.value, tuple):
        entry = TypeDescription(DataType.STRUCTURE, (TypeDescription(number(0).type),) * 2)
        log = Data(DataType.COMPACT_ARRAY, CompactArray(entry, log.value))
    block = SensitiveData(EMPTY, AGREEMENT).encrypt(encode_data(structure(log)))
    told = structure(octet_string(b""), octet_string(block))
    done = Outcome(AccessKind.ACTION, AccessResult.SUCCESS)
    return replace(EMPTY, payload=AccessResponse(0, (told,), (done,)).encode()).encode()


@pytest.mark.parametrize("compact", [False, True])
def test_entries_are_time_and_watt_hours(compact: bool) -> None:
    assert log_entries(answer((1_800, 250), (3_600, 300), compact=compact), AGREEMENT) == (
        LogEntry(1_800, 250),
        LogEntry(3_600, 300),
    )


def test_both_elements_of_a_twin_element_meter_are_summed() -> None:
    assert log_entries(answer((1_800, 250, 50)), AGREEMENT) == (LogEntry(1_800, 300),)


def test_empty_log_has_no_entries() -> None:
    assert log_entries(answer(), AGREEMENT) == ()


def test_what_is_no_message_is_refused() -> None:
    with pytest.raises(WireError):
        log_entries(b"\x00", AGREEMENT)
