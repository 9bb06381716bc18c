import pytest

from emulator.dcc.alert_reading import HUB_BACKUP, alert_code, hub_backup
from emulator.gbcs.envelope import Cra, Message
from emulator.gbcs.payload import decode_payload
from emulator.kernel.errors import SecurityError
from emulator.kernel.units import seconds
from emulator.testing.scenes.dcc_scene import ESME, GSME, HUB, DccScene, dcc_scene


@pytest.fixture
def scene() -> DccScene:
    made = dcc_scene()
    made.commissioned(HUB, ESME, GSME)
    made.connect()
    made.run(seconds(2))
    return made


@pytest.mark.parametrize(("srv", "device"), [("7.2", ESME), ("7.2", GSME), ("6.2.7", GSME)])
def test_answer_is_protected_as_its_command_asks(scene: DccScene, srv: str, device: int) -> None:
    record = scene.inventory.device(ESME if device == ESME else GSME)
    assert record is not None
    scene.dcc.request("supplier", srv, record.device)
    scene.run(seconds(5))

    (command,) = scene.home.heard
    answer = scene.home.response(command)
    assert answer.cra is Cra.RESPONSE
    assert bool(answer.signature) is bool(command.signature)
    assert scene.home.protection.verify(answer).valid


def test_command_that_is_not_protected_is_no_command(scene: DccScene) -> None:
    scene.dcc.request("supplier", "6.2.7", ESME)
    scene.run(seconds(5))
    octets = bytearray(scene.home.heard[0].encode())
    octets[-1] ^= 1

    with pytest.raises(SecurityError):
        scene.home.deliver(bytes(octets))


def test_backup_tells_the_device_log(scene: DccScene) -> None:
    alert = Message.decode(scene.home.backup(1, [(ESME, bytes(16))]).encode())
    payload = decode_payload(alert)
    backup = hub_backup(payload)

    assert alert.other_information.message_code == HUB_BACKUP
    assert alert_code(payload) == 0x8F12
    assert backup is not None
    assert backup.keyed == (ESME,)
