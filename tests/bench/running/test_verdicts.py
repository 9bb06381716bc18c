"""The ways in which a case ends."""

from emulator.bench.running.telling import message_tree
from emulator.bench.running.verdicts import beside_the_point, departs, unclear
from emulator.gbcs.asn1.firmware import ReadFirmwareVersionCommand
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.lab.kept.result import Verdict
from emulator.testing.scenes.remote_party_bench import RemotePartyBench


def test_a_departure_shows_the_message_in_which_it_is() -> None:
    broker = RemotePartyRole.ACCESS_CONTROL_BROKER
    made = RemotePartyBench(DeviceKind.PPMID)
    message = made.command(0x0129, ReadFirmwareVersionCommand(), broker)

    found, bare = departs("counter", "7, expected 8", message), departs("alert", "none")

    assert (found.verdict, found.octets) == (Verdict.FAIL, message.encode())
    assert found.seen == message_tree(message)
    assert (bare.verdict, bare.octets, bare.seen) == (Verdict.FAIL, b"", None)


def test_what_nothing_can_be_said_of_is_no_failure() -> None:
    assert unclear("log", "empty").verdict is Verdict.INCONCLUSIVE
    assert beside_the_point("reach", "no network").verdict is Verdict.NOT_APPLICABLE
