from emulator.dlms.access import AccessRequest
from emulator.dlms.data import long_unsigned
from emulator.gbcs.payload import decode_payload
from emulator.testing.scenes.cosem_scene import act, attribute, command, get, method, put

REGISTER = attribute(1, "0-0:94.44.0.1", 2)


def test_message_of_a_command_holds_its_payload() -> None:
    reset = method(3, "0-0:94.44.42.255", 1)

    made = command(get(REGISTER), put(REGISTER, long_unsigned(1)), act(reset), counter=7)

    assert decode_payload(made.message) == made.payload
    assert isinstance(made.payload, AccessRequest)
    assert [item.kind for item in made.payload.descriptors] == [1, 2, 3]
    assert made.payload.invoke_id == 0x20000007


def test_command_that_does_not_stop_says_so() -> None:
    made = command(get(REGISTER), stops=False)

    assert isinstance(made.payload, AccessRequest)
    assert made.payload.invoke_id == 1
