from emulator.kernel.units import seconds
from emulator.testing.stack.aps_scene import message, pair, reasons, share
from emulator.zigbee.aps.primitives import ApsdeDataIndication, ApsSecurity, KeyOrigin


def test_shared_key_protects_what_the_hub_sends_the_meter() -> None:
    link, hub, meter = pair()
    share(hub, meter)

    hub.post(message(b"secret", link_key=True))
    link.run(seconds(1))

    [heard] = meter.all(ApsdeDataIndication)
    assert (heard.asdu, heard.security, heard.key_origin) == (
        b"secret",
        ApsSecurity.LINK_KEY,
        KeyOrigin.CBKE,
    )
    assert reasons(link) == ""


def test_reasons_tell_why_a_frame_was_dropped() -> None:
    link, hub, meter = pair()
    share(hub, meter, KeyOrigin.PRECONFIGURED)

    hub.post(message(link_key=True))
    link.run(seconds(30))

    assert meter.asdus == []
    assert reasons(link)
