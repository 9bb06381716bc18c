"""The scene lets a command and its answer pass."""

from emulator.gbcs.envelope import Cra
from emulator.gbcs.gbz import GbzPayload
from emulator.testing.scenes.gbz_scene import METER, PROXY, SUPPLIER, command
from emulator.testing.scenes.tap_off_scene import GCS01A, TOOK_EFFECT, Proxy, alert, tariff


def test_the_meter_answers_who_asked() -> None:
    asked = command([tariff(7)], code=GCS01A)

    answer = Proxy().answer(asked)

    assert (answer.cra, answer.originator, answer.recipient) == (Cra.RESPONSE, METER, SUPPLIER)
    assert (answer.counter, answer.signature) == (asked.message.counter, b"")


def test_the_proxy_listens_to_the_meter() -> None:
    proxy = Proxy()

    assert proxy.tap.meter == METER != PROXY
    assert proxy.hear([tariff(7)])
    assert proxy.standing_charge() == 7


def test_an_alert_tells_what_took_effect() -> None:
    message = alert(0x8F66, TOOK_EFFECT)

    told = GbzPayload.decode(message.payload, message.cra).alert

    assert told is not None
    assert (told.code, told.content) == (0x8F66, TOOK_EFFECT)
