"""The bench for devices and remote parties."""

import pytest

from emulator.gbcs.asn1.gas_clock import SetTimeCommand
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.testing.scenes.remote_party_bench import (
    DEVICE,
    GAINING_SUPPLIER,
    RemotePartyBench,
    alerts,
    bench_pki,
    responses,
    sent_messages,
)

WINDOW = SetTimeCommand("20260301110000Z", "20260301130000Z")


def test_commands_are_protected_as_their_use_case_asks() -> None:
    bench = RemotePartyBench()

    critical = bench.command(0x007F, WINDOW)

    assert (bool(critical.signature), critical.mac is not None) == (True, True)
    assert critical.recipient == DEVICE
    assert bench.protection.verify(critical).valid


def test_commands_count_up_unless_told_otherwise() -> None:
    bench = RemotePartyBench()

    counters = [bench.command(0x007F, WINDOW, counter=each).counter for each in (None, None, 9)]

    assert counters == [1, 2, 9]


def test_the_losing_supplier_is_the_party_of_its_role() -> None:
    bench = RemotePartyBench()

    assert bench.party(RemotePartyRole.SUPPLIER) != GAINING_SUPPLIER
    assert GAINING_SUPPLIER in bench_pki().keys.with_role(RemotePartyRole.SUPPLIER)


def test_what_goes_out_is_told_apart() -> None:
    bench = RemotePartyBench()
    effects = [*bench.send(bench.command(0x007F, WINDOW)), *bench.send(bench.bare(0x007F, b""))]

    assert (len(sent_messages(effects)), len(responses(effects)), len(alerts(effects))) == (2, 1, 1)


def test_an_answer_that_does_not_come_is_an_error() -> None:
    bench = RemotePartyBench()

    with pytest.raises(ValueError, match="not enough values"):
        bench.answer(bench.bare(0x007F, b""))
