from collections.abc import Iterator

from emulator.gbcs.envelope import Message
from emulator.gbcs.gbz import GbzPayload
from emulator.gbcs.gbz_component import GbzComponent
from emulator.gbcs.meaning.sensitive import encrypted_blocks
from emulator.gbcs.meaning.zcl_commands import COMMAND_FIELDS
from emulator.gbcs.meaning.zcl_fields import command_trees
from emulator.gbcs.payload import decode_payload
from emulator.gbcs.protection.agreement import StoredKeyAgreement
from emulator.gbcs.protection.encryption import SensitiveData
from emulator.testing.judges.reference_data import reference_keys, reference_messages
from emulator.zcl.foundation.header import FrameType
from emulator.zcl.primitives import Side
from emulator.zcl.registry import CLUSTERS
from emulator.zigbee.addresses import ClusterId


def test_every_command_with_fields_is_one_that_its_cluster_knows() -> None:
    unknown = [
        (cluster, side, command)
        for cluster, side, command in COMMAND_FIELDS
        if CLUSTERS[ClusterId(cluster)].side(side).command(command) is None
    ]

    assert unknown == []


def test_every_command_of_the_reference_messages_takes_its_octets_exactly() -> None:
    taken = [
        command_trees(COMMAND_FIELDS[component.cluster, side, component.header.command], octets)
        for component, side, octets in _reference_commands()
    ]

    assert len(taken) == 688


def _reference_commands() -> Iterator[tuple[GbzComponent, Side, bytes]]:
    agreement = StoredKeyAgreement(reference_keys())
    for reference in reference_messages():
        message = Message.decode(reference.octets)
        payload = decode_payload(message)
        if not isinstance(payload, GbzPayload):
            continue
        opened = {
            block: SensitiveData(message, agreement).decrypt(block)
            for block in encrypted_blocks(payload)
        }
        for component in payload.components:
            if component.header.frame_type is FrameType.CLUSTER:
                octets = opened.get(component.payload, component.payload)
                yield component, component.header.to_side, octets
