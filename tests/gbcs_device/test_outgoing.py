"""Responses: whose counter, whose time, for whose eyes."""

from dataclasses import replace

import pytest

from emulator.dlms.access import AccessRequest, AccessResponse
from emulator.gbcs.envelope import Message
from emulator.gbcs.other_information import OtherInformation
from emulator.gbcs.protection.encryption import SensitiveData
from emulator.gbcs.protection.key_store import KeyUse
from emulator.gbcs.remote_party_role import RemotePartyRole as Role
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.gbcs_device.execution import Command, Executed
from emulator.kernel.identity import Eui64
from emulator.testing.scenes.remote_party_bench import GAINING_SUPPLIER, RemotePartyBench, responses

READ_SENSITIVE = 0x0034
"""ECS21b: sensitive, also for parties that the device does not know."""
READ_REGISTERS = 0x0027
"""ECS17b: its response tells the time."""
ACB = Role.ACCESS_CONTROL_BROKER
SECRET = bytes.fromhex("06 00000007")


class Teller:
    """An executor that encrypts a secret, and answers nothing else."""

    def __init__(self) -> None:
        self.block = b""

    def execute(self, command: Command) -> Executed:
        self.block = command.encrypt(SECRET)
        return Executed(AccessResponse(0x20000009, (), ()))


@pytest.fixture
def teller() -> Teller:
    return Teller()


@pytest.fixture
def bench(teller: Teller) -> RemotePartyBench:
    return RemotePartyBench(DeviceKind.ESME, executor=teller)


def asked(
    bench: RemotePartyBench,
    code: int,
    sender: Role = Role.SUPPLIER,
    information: OtherInformation | None = None,
) -> Message:
    """The response to a read."""
    bare = bench.bare(code, AccessRequest(0x20000009, (), ()).encode(), sender, counter=9)
    named = replace(bare, other_information=information or OtherInformation(code))
    (response,) = responses(bench.send(bench.protected(named)))
    return response


def read_by(bench: RemotePartyBench, teller: Teller, response: Message) -> bytes:
    return SensitiveData(response, bench.protection.agreement).decrypt(teller.block)


def certificate(bench: RemotePartyBench, party: Eui64) -> bytes:
    found = bench.keys.find(party, KeyUse.KEY_AGREEMENT)
    assert found is not None
    assert found.certificate is not None
    return found.certificate.der


def test_a_response_repeats_counter_and_other_information(bench: RemotePartyBench) -> None:
    supplier = bench.party(Role.SUPPLIER)
    information = OtherInformation(READ_SENSITIVE, supplier, 1000)

    response = asked(bench, READ_SENSITIVE, ACB, information)

    assert (response.counter, response.other_information) == (9, information)
    assert response.recipient == bench.party(ACB)


def test_the_sender_reads_what_is_sensitive(bench: RemotePartyBench, teller: Teller) -> None:
    assert read_by(bench, teller, asked(bench, READ_SENSITIVE)) == SECRET


def test_a_party_behind_the_broker_reads_what_is_sensitive(
    bench: RemotePartyBench, teller: Teller
) -> None:
    information = OtherInformation(READ_SENSITIVE, bench.party(Role.SUPPLIER), 1000)

    response = asked(bench, READ_SENSITIVE, ACB, information)

    assert read_by(bench, teller, response) == SECRET


def test_an_unknown_party_reads_with_its_certificate_and_the_devices_counter(
    bench: RemotePartyBench, teller: Teller
) -> None:
    der = certificate(bench, GAINING_SUPPLIER)
    information = OtherInformation(READ_SENSITIVE, GAINING_SUPPLIER, 1000, None, der)
    bench.machine.counter.last = 2001

    response = asked(bench, READ_SENSITIVE, ACB, information)

    assert response.other_information == OtherInformation(
        READ_SENSITIVE, GAINING_SUPPLIER, 1000, 2002
    )
    assert read_by(bench, teller, response) == SECRET


def test_daily_gas_for_an_unknown_party_only_drops_the_certificate() -> None:
    bench = RemotePartyBench(DeviceKind.GPF, executor=Teller())
    der = certificate(bench, GAINING_SUPPLIER)
    information = OtherInformation(0x00A0, GAINING_SUPPLIER, 1000, None, der)

    response = asked(bench, 0x00A0, ACB, information)

    assert response.other_information == OtherInformation(0x00A0, GAINING_SUPPLIER, 1000)


def test_some_responses_tell_the_time_and_others_do_not(bench: RemotePartyBench) -> None:
    told, untold = asked(bench, READ_REGISTERS), asked(bench, READ_SENSITIVE)

    # 2026-03-01, any weekday, 12:00:00.00, no deviation, status not told
    assert told.date_time.hex(" ", 1) == "07 ea 03 01 ff 0c 00 00 00 80 00 ff"
    assert untold.date_time == b""


def test_gas_registers_tell_the_status_of_the_clock() -> None:
    bench = RemotePartyBench(DeviceKind.GSME, executor=Teller())
    bench.machine.clock.status_octet = 4

    assert asked(bench, 0x0074).date_time[-1] == 4
