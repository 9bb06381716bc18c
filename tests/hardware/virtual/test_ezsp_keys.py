"""Keys by EZSP."""

from emulator.kernel.identity import Eui64
from hardware.ezsp.formats import Eui, EuiAndFlag, Long, Octet
from hardware.ezsp.identifiers import Command, EmberStatus, SlStatus
from hardware.ezsp.key_formats import (
    CurrentSecurity,
    ImportLinkKey,
    ImportTransientKey,
    InitialSecurity,
    KeyAnswer,
    KeyContext,
    LinkKeyByEui,
    LinkKeyByIndex,
    NetworkKeyInfo,
    TransientKey,
)
from tests.hardware.virtual.ezsp_bench import NETWORK_KEY, NOTHING, EzspBench

KEY = bytes(range(16, 32))
PARTNER = Eui64(0x00DB1234567890A0)
NETWORK, TRUST_CENTRE, APPLICATION = 1, 2, 4


def context(kind: int, index: int = 0) -> KeyContext:
    return KeyContext(kind, index, 0, Eui64(0), 0, 0, 0)


def test_the_keys_of_the_network_are_those_it_was_formed_with() -> None:
    bench = EzspBench().form()

    assert bench.ask(Command.EXPORT_KEY, context(NETWORK), KeyAnswer) == KeyAnswer(NETWORK_KEY, 0)
    assert bench.ask(Command.EXPORT_KEY, context(TRUST_CENTRE), KeyAnswer).status == 0
    info = bench.ask(Command.GET_NETWORK_KEY_INFO, NOTHING, NetworkKeyInfo)
    assert (info.key_set, info.alternate_set) == (1, 0)
    security = bench.ask(Command.GET_CURRENT_SECURITY_STATE, NOTHING, CurrentSecurity)
    assert security.status == 0
    assert security.trust_centre == bench.ask(Command.GET_EUI64, NOTHING, Eui).eui64


def test_without_a_network_there_are_none() -> None:
    bench = EzspBench().reset()

    assert bench.ask(Command.EXPORT_KEY, context(NETWORK), KeyAnswer).status == SlStatus.NOT_FOUND
    assert bench.ask(Command.GET_NETWORK_KEY_INFO, NOTHING, NetworkKeyInfo).key_set == 0
    security = bench.ask(Command.GET_CURRENT_SECURITY_STATE, NOTHING, CurrentSecurity)
    assert security.status == EmberStatus.NOT_JOINED


def test_security_is_set_before_the_network_is_formed() -> None:
    bench = EzspBench().form()
    late = InitialSecurity(0x0300, bytes(16), KEY, 0, Eui64(0))

    refused = bench.status(Command.SET_INITIAL_SECURITY_STATE, late)

    assert refused == EmberStatus.INVALID_CALL


def test_a_link_key_is_kept_found_and_forgotten() -> None:
    bench = EzspBench().form()

    kept = bench.ask(Command.IMPORT_LINK_KEY, ImportLinkKey(2, PARTNER, KEY), Long)
    found = bench.status(Command.FIND_KEY_TABLE_ENTRY, EuiAndFlag(PARTNER, 1))
    by_index = bench.ask(Command.EXPORT_LINK_KEY_BY_INDEX, Octet(2), LinkKeyByIndex)
    by_eui = bench.ask(Command.EXPORT_LINK_KEY_BY_EUI, Eui(PARTNER), LinkKeyByEui)
    exported = bench.ask(Command.EXPORT_KEY, context(APPLICATION, 2), KeyAnswer)
    erased = bench.status(Command.ERASE_KEY_TABLE_ENTRY, Octet(2))
    gone = bench.status(Command.FIND_KEY_TABLE_ENTRY, EuiAndFlag(PARTNER, 1))

    assert (kept.value, found, erased, gone) == (0, 2, 0, 0xFF)
    assert (by_index.eui64, by_index.key, by_index.status) == (PARTNER, KEY, 0)
    assert (by_eui.index, by_eui.key, by_eui.status, exported.key) == (2, KEY, 0, KEY)


def test_the_table_has_an_end_and_empty_places() -> None:
    bench = EzspBench().form()

    beyond = bench.ask(Command.IMPORT_LINK_KEY, ImportLinkKey(12, PARTNER, KEY), Long)
    empty = bench.ask(Command.EXPORT_LINK_KEY_BY_INDEX, Octet(0), LinkKeyByIndex)
    outside = bench.ask(Command.EXPORT_LINK_KEY_BY_INDEX, Octet(99), LinkKeyByIndex)
    unknown = bench.ask(Command.EXPORT_LINK_KEY_BY_EUI, Eui(PARTNER), LinkKeyByEui)
    erased = bench.status(Command.ERASE_KEY_TABLE_ENTRY, Octet(5))

    assert beyond.value == outside.status == SlStatus.INVALID_INDEX
    assert empty.status == unknown.status == SlStatus.NOT_FOUND
    assert erased == EmberStatus.INDEX_OUT_OF_RANGE


def test_the_key_table_survives_a_reset_and_is_cleared_on_demand() -> None:
    bench = EzspBench().form()
    bench.ask(Command.IMPORT_LINK_KEY, ImportLinkKey(0, PARTNER, KEY), Long)

    bench.reset()
    kept = bench.status(Command.FIND_KEY_TABLE_ENTRY, EuiAndFlag(PARTNER, 1))
    bench.status(Command.CLEAR_KEY_TABLE)

    assert kept == 0
    assert bench.status(Command.FIND_KEY_TABLE_ENTRY, EuiAndFlag(PARTNER, 1)) == 0xFF


def test_keys_for_joiners_are_kept_for_five_minutes() -> None:
    bench = EzspBench().form()
    bench.ask(Command.IMPORT_TRANSIENT_KEY, ImportTransientKey(PARTNER, KEY, 0), Long)

    by_eui = bench.ask(Command.EXPORT_TRANSIENT_KEY_BY_EUI, Eui(PARTNER), TransientKey)
    by_index = bench.ask(Command.EXPORT_TRANSIENT_KEY_BY_INDEX, Octet(0), TransientKey)
    outside = bench.ask(Command.EXPORT_TRANSIENT_KEY_BY_INDEX, Octet(1), TransientKey)
    bench.run(301)
    late = bench.ask(Command.EXPORT_TRANSIENT_KEY_BY_EUI, Eui(PARTNER), TransientKey)

    assert (by_eui.key, by_eui.status, by_eui.about.seconds_left) == (KEY, 0, 300)
    assert by_index.key == KEY
    assert outside.status == late.status == SlStatus.NOT_FOUND


def test_keys_for_joiners_are_forgotten_on_demand() -> None:
    bench = EzspBench().form()
    bench.ask(Command.IMPORT_TRANSIENT_KEY, ImportTransientKey(PARTNER, KEY, 0), Long)

    bench.raw(Command.CLEAR_TRANSIENT_LINK_KEYS)

    gone = bench.ask(Command.EXPORT_TRANSIENT_KEY_BY_EUI, Eui(PARTNER), TransientKey)
    assert gone.status == SlStatus.NOT_FOUND
