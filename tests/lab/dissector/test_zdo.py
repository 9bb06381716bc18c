from emulator.lab.dissector.part import Part
from emulator.lab.dissector.zdo import FORMS, read_zdo, zdo_name
from emulator.testing.stack.dissector_scene import METER, knowledge
from emulator.zigbee.addresses import ClusterId, NwkAddress


def read(cluster: int, octets: str) -> Part:
    """What is said of octets in hexadecimal."""
    return read_zdo(ClusterId(cluster), bytes.fromhex(octets), knowledge())


def test_a_match_descriptor_request_names_its_clusters() -> None:
    part = read(
        0x0006,
        "01 fdff 0901"  # sequence number, everybody whose receiver is on, Smart Energy
        "01 0008 00",  # one input cluster, no output clusters
    )

    assert part.label == "Match Descriptor Request"
    assert "  input clusters: Key Establishment (0x0800)" in part.detail


def test_a_device_that_announces_itself_has_its_address_from_then_on() -> None:
    known = knowledge()
    announcement = bytes.fromhex(
        "01 2222 a190785634 12db00 80"  # sequence number, address, EUI-64, capability
    )

    part = read_zdo(ClusterId(0x0013), announcement, known)

    assert part.label == "Device Announce"
    assert known.names.eui64_of(NwkAddress(0x2222)) == METER.eui64
    assert "  address: 0x2222 (gsme)" in part.detail


def test_a_response_that_refuses_tells_its_status() -> None:
    assert read(0x8006, "01 81 0000 00").label == ("Match Descriptor Response (device not found)")


def test_a_response_that_is_a_status_and_nothing_else_is_a_refusal() -> None:
    assert read(0x8006, "01 84").label == "Match Descriptor Response (not supported)"


def test_a_success_with_nothing_else_is_undecodable() -> None:
    assert read(0x8006, "01 00").label == "undecodable Match Descriptor Response"


def test_a_request_that_is_cut_off_is_undecodable() -> None:
    assert read(0x0006, "01 84").label == "undecodable Match Descriptor Request"
    assert read(0x0006, "").label == "undecodable ZDP frame"


def test_a_cluster_that_is_not_declared_shows_its_octets() -> None:
    part = read(0x0777, "01 aabb")

    assert part.label == "ZDO command 0x0777"
    assert part.detail[-1] == "  payload: aa bb"


def test_every_command_has_a_name_of_its_own() -> None:
    names = {zdo_name(cluster) for cluster in FORMS}

    assert len(names) == len(FORMS)
    assert zdo_name(0x0777) == "0x0777"
