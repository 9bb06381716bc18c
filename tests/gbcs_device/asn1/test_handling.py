"""Faults for items of a command."""

from datetime import UTC, datetime

from emulator.gbcs.asn1.gas_clock import SetTimeCommand
from emulator.gbcs.payload import decode_payload
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.gbcs.use_cases.catalogue import use_case
from emulator.gbcs_device.asn1.handling import injected
from emulator.gbcs_device.execution import Command, InjectedFault
from emulator.testing.scenes.remote_party_bench import RemotePartyBench


def test_an_item_fails_only_when_a_fault_is_for_it() -> None:
    window = SetTimeCommand("20260301000000Z", "20260302000000Z")
    message = RemotePartyBench().command(0x007F, window)
    command = Command(
        message=message,
        payload=decode_payload(message),
        use_case=use_case(0x007F),
        sender=RemotePartyRole.SUPPLIER,
        moment=datetime(2026, 3, 1, tzinfo=UTC),
        encrypt=bytes,
        faults=(InjectedFault(1, 5), InjectedFault(3, 9)),
    )

    assert [injected(command, item) for item in range(4)] == [None, 5, None, 9]
