from dataclasses import replace
from datetime import UTC, datetime

import pytest

from emulator.dcc.checks.access_control import Refusal
from emulator.dcc.facts import CommandSent
from emulator.dcc.orders.correlation import sign_pre_command, signed_command
from emulator.dcc.service_request import CommandVariant, RequestId, ServiceRequest
from emulator.dcc.settings import AssumedCodes
from emulator.gbcs.envelope import Message
from emulator.gbcs.protection.key_store import KeyUse
from emulator.kernel.errors import LocalError
from emulator.kernel.units import seconds
from emulator.testing.scenes.dcc_scene import ESME, HUB, DccScene, dcc_scene


@pytest.fixture
def scene() -> DccScene:
    made = dcc_scene()
    made.commissioned(HUB, ESME)
    made.connect()
    made.run(seconds(2))
    return made


def transform(scene: DccScene) -> tuple[ServiceRequest, bytes]:
    user = scene.dcc.user("supplier").eui64
    request = ServiceRequest(
        request_id=RequestId(user, ESME, 7000), srv="7.1", variant=CommandVariant.TRANSFORM
    )
    made = scene.dcc.submit(request).pre_command
    assert made is not None
    return request, made


def brought_back(scene: DccScene, request: ServiceRequest, octets: bytes) -> str:
    answer = scene.dcc.submit(
        ServiceRequest(request_id=request.request_id, srv="7.1", variant=5, pre_command=octets)
    )
    scene.run(seconds(5))
    return answer.code


def test_signed_pre_command_is_sent(scene: DccScene) -> None:
    request, made = transform(scene)
    signed = scene.dcc.signed(request, made).pre_command
    assert signed is not None

    code = brought_back(scene, request, signed)

    assert code == "I99"
    assert [fact.use_case for _, fact in scene.trace.of(CommandSent)] == ["ECS42"]
    assert scene.home.heard[0].signature


def test_pre_command_is_made_for_the_user(scene: DccScene) -> None:
    request, made = transform(scene)

    message = Message.decode(made)

    assert (message.originator, message.recipient) == (request.request_id.originator, ESME)
    assert message.counter == request.request_id.counter
    assert message.signature is None


@pytest.mark.parametrize("place", [3, 20, -1])
def test_changed_pre_command_is_refused(scene: DccScene, place: int) -> None:
    request, made = transform(scene)
    key = scene.keys.find(request.request_id.originator, KeyUse.DIGITAL_SIGNATURE)
    assert key is not None
    assert key.private_key is not None
    changed = bytearray(made)
    changed[place] ^= 1
    try:
        signed = sign_pre_command(bytes(changed), key.private_key)
    except Exception:  # noqa: BLE001 - a change may leave no message at all, which is refused too
        signed = bytes(changed)

    code = brought_back(scene, request, signed)

    assert code == scene.dcc.world.settings.codes.correlation
    assert not scene.home.heard


def test_broken_signature_is_refused(scene: DccScene) -> None:
    request, made = transform(scene)
    signed = bytearray(scene.dcc.signed(request, made).pre_command or b"")
    signed[-1] ^= 1

    code = brought_back(scene, request, bytes(signed))

    assert code == scene.dcc.world.settings.codes.signature
    assert not scene.home.heard


def test_signature_of_another_user_is_refused(scene: DccScene) -> None:
    request, made = transform(scene)
    other = scene.dcc.user("other supplier").eui64
    key = scene.keys.find(other, KeyUse.DIGITAL_SIGNATURE)
    assert key is not None
    assert key.private_key is not None

    code = brought_back(scene, request, sign_pre_command(made, key.private_key))

    assert code == scene.dcc.world.settings.codes.signature
    assert not scene.home.heard


def test_signed_pre_command_without_transform_is_refused(scene: DccScene) -> None:
    request, made = transform(scene)
    signed = scene.dcc.signed(request, made).pre_command
    user = scene.dcc.user("supplier").eui64
    another = ServiceRequest(
        request_id=RequestId(user, ESME, 7001), srv="7.1", variant=5, pre_command=signed
    )

    answer = scene.dcc.submit(another)

    assert answer.code == scene.dcc.world.settings.codes.correlation


def test_certificate_that_expired_makes_the_signature_worthless(scene: DccScene) -> None:
    request, made = transform(scene)
    signed = scene.dcc.signed(request, made).pre_command or b""
    protection = scene.dcc.world.protection_at(scene.scheduler.now)
    early = datetime(2014, 1, 1, tzinfo=UTC)
    changed = type(protection)(keys=protection.keys, agreement=protection.agreement, moment=early)

    found = signed_command(signed, made, changed, AssumedCodes())

    assert isinstance(found, Refusal)
    assert "valid from" in found.reason


def test_unsigned_pre_command_is_refused(scene: DccScene) -> None:
    request, made = transform(scene)

    assert brought_back(scene, request, made) == scene.dcc.world.settings.codes.signature


def test_octets_that_are_no_message_are_refused(scene: DccScene) -> None:
    request, _ = transform(scene)

    assert brought_back(scene, request, b"\x00") == scene.dcc.world.settings.codes.correlation


def test_only_pre_commands_can_be_signed(scene: DccScene) -> None:
    request, made = transform(scene)
    key = scene.keys.find(request.request_id.originator, KeyUse.DIGITAL_SIGNATURE)
    assert key is not None
    assert key.private_key is not None
    signed = sign_pre_command(made, key.private_key)

    with pytest.raises(LocalError, match="not a pre-command"):
        sign_pre_command(signed, key.private_key)


def test_signed_pre_command_with_a_mac_is_refused(scene: DccScene) -> None:
    request, made = transform(scene)
    signed = Message.decode(scene.dcc.signed(request, made).pre_command or b"")

    code = brought_back(scene, request, replace(signed, mac=bytes(12)).encode())

    assert code == scene.dcc.world.settings.codes.signature
    assert not scene.home.heard
