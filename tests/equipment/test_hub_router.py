"""The hub passes on what is for others, keeps what is for its own devices, and obeys its log."""

from dataclasses import replace

from emulator.crypto.install_code import InstallCode
from emulator.crypto.mmo import mmo
from emulator.equipment.facts import MessageLost, MessageUnroutable
from emulator.equipment.hub_router import DELIVERY_FAILED, NOT_RETRIEVED, HubRouter
from emulator.equipment.primitives import FromWan, ToWan
from emulator.gbcs_device.primitives import (
    AdmitDevice,
    AlertRequest,
    AllowJoining,
    DeviceKeyed,
    DismissDevice,
    MessageIndication,
    MessageRequest,
    RestoreNetwork,
)
from emulator.kernel.identity import Eui64, parse_eui64
from emulator.kernel.units import START
from emulator.smart_energy.mirror.primitives import MirrorChanged
from emulator.smart_energy.primitives import (
    PermitJoin,
    Register,
    RestoreTrustCentre,
    Unregister,
)
from emulator.smart_energy.tunnel.primitives import (
    LogPartner,
    SendThroughTunnel,
    TunnelledMessage,
    TunnelUndeliverable,
    Undeliverable,
    UnlogPartner,
)
from emulator.testing.scenes.gbcs_scene import gbcs_scene
from emulator.zigbee.addresses import ExtendedPanId
from emulator.zigbee.aps.primitives import ApsmeSetLinkKeyRequest, KeyOrigin

CHF = parse_eui64("00-DB-12-34-56-78-90-A2")
GPF = parse_eui64("00-DB-12-34-56-78-90-A3")
ESME = parse_eui64("00-DB-12-34-56-78-90-A0")
GSME = parse_eui64("00-DB-12-34-56-78-90-A1")
SUPPLIER = parse_eui64("90-B3-D5-1F-30-01-00-00")
CODE = bytes(range(16))
ADMIT = AdmitDevice(ESME, device_type=0, install_code=CODE, timeout=90)


def router() -> HubRouter:
    return HubRouter(CHF, (CHF, GPF))


def message(recipient: Eui64) -> bytes:
    return replace(gbcs_scene().command, recipient=recipient).encode()


def test_messages_for_the_hubs_own_devices_stay() -> None:
    for own in (CHF, GPF):
        octets = message(own)

        assert router().handle(FromWan(octets), START) == (MessageIndication(octets, own),)


def test_messages_for_other_devices_go_into_their_tunnels() -> None:
    octets = message(ESME)

    assert router().handle(FromWan(octets), START) == (SendThroughTunnel(ESME, octets),)


def test_what_devices_say_to_remote_parties_goes_to_the_wan() -> None:
    octets = message(SUPPLIER)

    assert router().handle(TunnelledMessage(ESME, octets), START) == (ToWan(octets),)
    assert router().handle(MessageRequest(SUPPLIER, octets), START) == (ToWan(octets),)


def test_what_one_device_says_to_another_stays_in_the_home() -> None:
    hub = router()
    hub.handle(replace(ADMIT, eui64=GSME, device_type=1), START)
    octets = message(GSME)

    assert hub.handle(TunnelledMessage(ESME, octets), START) == (SendThroughTunnel(GSME, octets),)


def test_octets_that_are_no_message_go_nowhere() -> None:
    for event in (FromWan(b"\x01"), TunnelledMessage(ESME, b"")):
        assert router().handle(event, START) == (MessageUnroutable(None, "no message"),)


def test_a_logged_device_may_join_with_its_install_code() -> None:
    assert router().handle(ADMIT, START) == (
        LogPartner(ESME, sleepy=False),
        Register(ESME, InstallCode.from_octets(CODE)),
        PermitJoin(90),
    )


def test_a_device_of_the_historic_log_may_come_back_under_its_old_key_first() -> None:
    effects = router().handle(replace(ADMIT, historic=True), START)

    code = InstallCode.from_octets(CODE)
    assert effects[1:] == (Register(ESME, code, historic_window=90), PermitJoin(90))


def test_a_gas_meter_sleeps() -> None:
    gas = replace(ADMIT, eui64=GSME, device_type=1)

    assert LogPartner(GSME, sleepy=True) in router().handle(gas, START)


def test_a_display_gets_no_tunnel() -> None:
    effects = router().handle(replace(ADMIT, device_type=128), START)

    assert [type(effect) for effect in effects] == [Register, PermitJoin]


def test_another_hubs_network_is_taken_over_with_every_device_of_its_log() -> None:
    effects = router().handle(RestoreNetwork(CHF, ((ESME, CODE), (GSME, CODE))), START)

    assert effects == (
        LogPartner(ESME, sleepy=False),
        LogPartner(GSME, sleepy=False),
        RestoreTrustCentre(ExtendedPanId(CHF), ((ESME, CODE), (GSME, CODE))),
    )


def test_a_device_of_a_restored_log_that_asks_for_a_mirror_is_a_gas_meter() -> None:
    hub = router()
    hub.handle(RestoreNetwork(CHF, ((GSME, CODE),)), START)

    assert hub.handle(MirrorChanged(GSME, 2), START) == (LogPartner(GSME, sleepy=True),)
    assert hub.handle(MirrorChanged(GSME, 2), START) == ()
    assert hub.handle(MirrorChanged(ESME, 2), START) == ()
    assert hub.handle(MirrorChanged(GSME, None), START) == ()


def test_an_install_code_of_no_length_admits_nobody() -> None:
    effects = router().handle(replace(ADMIT, install_code=bytes(5)), START)

    assert [type(effect) for effect in effects] == [MessageUnroutable]


def test_a_device_that_is_taken_out_of_the_log_is_forgotten() -> None:
    hub = router()
    hub.handle(ADMIT, START)

    assert hub.handle(DismissDevice(ESME), START) == (UnlogPartner(ESME), Unregister(ESME))
    assert hub.handle(TunnelledMessage(GSME, message(ESME)), START) == (ToWan(message(ESME)),)


def test_joining_opens_and_closes_as_the_log_says() -> None:
    assert router().handle(AllowJoining(0), START) == (PermitJoin(0),)


def test_the_log_learns_the_hash_of_an_agreed_key_and_of_no_other() -> None:
    key = bytes(range(16))
    agreed = ApsmeSetLinkKeyRequest(ESME, key, KeyOrigin.CBKE)

    assert router().handle(agreed, START) == (DeviceKeyed(ESME, mmo(key)),)
    assert router().handle(replace(agreed, key=None), START) == ()
    assert router().handle(replace(agreed, origin=KeyOrigin.PRECONFIGURED), START) == ()


def test_messages_that_do_not_arrive_are_told_to_remote_parties() -> None:
    hub = router()
    hub.handle(ADMIT, START)

    def undelivered(partner: Eui64, reason: Undeliverable) -> tuple[object, ...]:
        return tuple(hub.handle(TunnelUndeliverable(partner, b"", reason), START))

    assert AlertRequest(NOT_RETRIEVED, device=CHF) in undelivered(GSME, Undeliverable.EXPIRED)
    assert AlertRequest(DELIVERY_FAILED, device=CHF) in undelivered(ESME, Undeliverable.NO_TUNNEL)
    assert undelivered(GSME, Undeliverable.NO_TUNNEL) == (
        MessageLost(GSME, "no tunnel could be opened"),
    )


def test_the_log_is_kept_over_a_power_cycle() -> None:
    before, after = router(), router()
    before.handle(replace(ADMIT, eui64=GSME, device_type=1), START)

    after.restore(before.snapshot())

    octets = message(GSME)
    assert after.handle(TunnelledMessage(ESME, octets), START) == (SendThroughTunnel(GSME, octets),)
    assert after.wake(START) == ()
