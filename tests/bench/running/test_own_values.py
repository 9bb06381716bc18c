"""Commands with values of a script's own."""

import pytest

from emulator.bench.running.own_values import valued
from emulator.gbcs.asn1.device_logs import JoinDeviceCommand
from emulator.gbcs.asn1.payload import Asn1Payload
from emulator.gbcs.payload import decode_payload
from emulator.kernel.errors import UsageError
from emulator.testing.scenes.bench_scene import case_named, stage


def test_a_value_is_the_scripts_own_and_the_others_are_examples() -> None:
    made = stage(case_named("GSME/000E/CS03B/success"))

    message = valued(made, {"device_type": "GPF"})

    payload = decode_payload(message)
    assert isinstance(payload, Asn1Payload)
    assert isinstance(payload.value, JoinDeviceCommand)
    assert payload.value.device_type == 3
    assert made.unfit(message, made.talk.say(message)) is None


def test_a_value_that_a_command_does_not_take_is_refused() -> None:
    with pytest.raises(UsageError):
        valued(stage(case_named("GSME/000E/CS03B/success")), {"colour": "green"})
