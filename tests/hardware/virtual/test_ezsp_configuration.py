"""Configuration, values, endpoints, tokens and counters by EZSP."""

from emulator.kernel.identity import Eui64
from hardware.ezsp.formats import (
    AddEndpoint,
    Counters,
    Eui,
    Long,
    MfgToken,
    Octet,
    OctetAndLong,
    OctetAndOctets,
    OctetAndWord,
    Octets,
    SetConcentrator,
    SimpleToken,
    TokenAnswer,
    TokenData,
    TokenPlace,
    TwoOctets,
    Word,
)
from hardware.ezsp.identifiers import COUNTERS, Command, EmberStatus, EzspStatus, ValueId
from hardware.ezsp.identifiers import MfgToken as Token
from tests.hardware.virtual.ezsp_bench import HUB_ENDPOINT, NOTHING, EzspBench


def test_configuration_is_kept_until_a_reset() -> None:
    bench = EzspBench().reset()

    usual = bench.ask(Command.GET_CONFIGURATION_VALUE, Octet(0x0D), OctetAndWord)
    bench.status(Command.SET_CONFIGURATION_VALUE, OctetAndWord(0x11, 5))
    changed = bench.ask(Command.GET_CONFIGURATION_VALUE, Octet(0x11), OctetAndWord)
    unknown = bench.ask(Command.GET_CONFIGURATION_VALUE, Octet(0xEE), OctetAndWord)
    bench.reset()
    again = bench.ask(Command.GET_CONFIGURATION_VALUE, Octet(0x11), OctetAndWord)

    assert (usual.value, changed.value, again.value) == (5, 5, 32)
    assert unknown.first == EzspStatus.INVALID_ID


def test_a_running_network_cannot_be_configured() -> None:
    bench = EzspBench().form()

    refused = bench.status(Command.SET_CONFIGURATION_VALUE, OctetAndWord(0x11, 5))

    assert refused == EzspStatus.INVALID_CALL


def test_values_tell_the_version_and_what_was_set() -> None:
    bench = EzspBench().form()

    version = bench.ask(Command.GET_VALUE, Octet(ValueId.VERSION_INFO), OctetAndOctets)
    bench.status(Command.SET_VALUE, OctetAndOctets(0x3A, b"\x01"))
    kept = bench.ask(Command.GET_VALUE, Octet(0x3A), OctetAndOctets)
    unknown = bench.ask(Command.GET_VALUE, Octet(0x99), OctetAndOctets)
    fixed = bench.status(Command.SET_VALUE, OctetAndOctets(ValueId.VERSION_INFO, b"\x00"))
    counter = bench.ask(Command.GET_VALUE, Octet(ValueId.NWK_FRAME_COUNTER), OctetAndOctets)
    node = bench.ask(Command.GET_VALUE, Octet(ValueId.NODE_SHORT_ID), OctetAndOctets)

    assert version.data[2:6] == bytes((7, 4, 0, 0))
    assert (kept.data, unknown.first, fixed) == (b"\x01", 0x37, EzspStatus.INVALID_CALL)
    assert (len(counter.data), node.data) == (4, b"\x00\x00")


def test_an_endpoint_is_added_once() -> None:
    bench = EzspBench().form()
    endpoint = AddEndpoint(HUB_ENDPOINT, 0x0109, 0x0500, 0, 0, 0, (), ())
    nothing = AddEndpoint(0, 0x0109, 0x0500, 0, 0, 0, (), ())

    twice = bench.status(Command.ADD_ENDPOINT, endpoint)
    zero = bench.status(Command.ADD_ENDPOINT, nothing)
    flags = bench.ask(Command.GET_EXTENDED_VALUE, OctetAndLong(0, HUB_ENDPOINT), OctetAndOctets)
    unknown = bench.ask(Command.GET_EXTENDED_VALUE, OctetAndLong(0, 99), OctetAndOctets)

    assert (twice, zero) == (EzspStatus.INVALID_VALUE, EzspStatus.INVALID_VALUE)
    assert (flags.data, unknown.first) == (b"\x01\x00", EzspStatus.INVALID_ID)


def test_what_is_only_agreed_to_is_agreed_to() -> None:
    bench = EzspBench().form()

    concentrator = bench.status(Command.SET_CONCENTRATOR, SetConcentrator(1, 0xFFF9, 1, 2, 3, 1, 0))
    mode = bench.ask(Command.SET_SOURCE_ROUTE_DISCOVERY_MODE, Octet(1), Long)

    assert (concentrator, mode.value) == (0, 0)
    assert bench.raw(Command.SET_MANUFACTURER_CODE, Word(0x1234).encode())[1] == b""
    assert bench.raw(Command.SET_POWER_DESCRIPTOR, Word(0).encode())[1] == b""
    assert bench.raw(Command.GP_SINK_TABLE_CLEAR_ALL)[1] == b""


def test_manufacturing_tokens_are_written_once() -> None:
    bench = EzspBench().reset()
    eui64 = Eui(Eui64(0x0102030405060708)).encode()

    board = bench.ask(Command.GET_MFG_TOKEN, Octet(Token.BOARD_NAME), Octets)
    empty = bench.ask(Command.GET_MFG_TOKEN, Octet(Token.CUSTOM_EUI_64), Octets)
    written = bench.status(Command.SET_MFG_TOKEN, MfgToken(Token.CUSTOM_EUI_64, eui64))
    twice = bench.status(Command.SET_MFG_TOKEN, MfgToken(Token.CUSTOM_EUI_64, eui64))
    read = bench.ask(Command.GET_MFG_TOKEN, Octet(Token.CUSTOM_EUI_64), Octets)

    assert board.data == b"virtual EZSP\xff\xff\xff\xff"
    assert (empty.data, written, read.data) == (b"\xff" * 8, 0, eui64)
    assert twice == EmberStatus.INVALID_CALL


def test_nvm_tokens_survive_a_reset_and_not_a_factory_reset() -> None:
    bench = EzspBench().reset()
    place = TokenPlace(0xE12A, 0)

    absent = bench.raw(Command.GET_TOKEN_DATA, place.encode())[1]
    bench.status(Command.SET_TOKEN_DATA, TokenData(0xE12A, 0, b"abc"))
    bench.reset()
    kept = bench.ask(Command.GET_TOKEN_DATA, place, TokenAnswer)
    bench.raw(Command.TOKEN_FACTORY_RESET, TwoOctets(0, 0).encode())

    assert (absent, kept.data) == (bytes((EmberStatus.ERR_FATAL,)), b"abc")
    assert bench.raw(Command.GET_TOKEN_DATA, place.encode())[1] == absent
    assert bench.ask(Command.GET_TOKEN, Octet(0), SimpleToken).status == EmberStatus.NOT_FOUND


def test_counters_count_and_are_cleared() -> None:
    bench = EzspBench().form()
    bench.admit()

    counted = bench.ask(Command.READ_AND_CLEAR_COUNTERS, NOTHING, Counters)
    cleared = bench.ask(Command.READ_COUNTERS, NOTHING, Counters)

    assert len(counted.values) == COUNTERS
    assert counted.values[0x10] == 1
    assert set(cleared.values) == {0}
