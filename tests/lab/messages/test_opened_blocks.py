from emulator.gbcs.envelope import Message
from emulator.gbcs.meaning.sensitive import encrypted_blocks
from emulator.gbcs.payload import decode_payload
from emulator.gbcs.protection.agreement import StoredKeyAgreement
from emulator.gbcs.protection.key_store import KeyStore
from emulator.gbcs.protection.message_protection import Protection
from emulator.lab.messages.opened_blocks import opened_blocks
from emulator.testing.judges.reference_data import reference_keys, reference_messages


def keys(store: KeyStore) -> Protection:
    return Protection(keys=store, agreement=StoredKeyAgreement(store))


def test_blocks_are_opened_with_the_reader_s_key_only() -> None:
    message = next(
        made
        for each in reference_messages()
        if each.name.startswith("4.1.1_")
        and encrypted_blocks(decode_payload(made := Message.decode(each.octets)))
    )
    payload = decode_payload(message)

    assert set(opened_blocks(message, payload, keys(reference_keys()))) == set(
        encrypted_blocks(payload)
    )
    assert opened_blocks(message, payload, keys(KeyStore(()))) == {}
    assert opened_blocks(message, payload, None) == {}


def test_a_command_has_none() -> None:
    octets = next(each.octets for each in reference_messages() if "COMMAND" in each.name)
    message = Message.decode(octets)

    assert opened_blocks(message, decode_payload(message), keys(reference_keys())) == {}
