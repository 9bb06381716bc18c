"""What the DCC makes of credentials that devices take, at once or at a date (SRV 6.23)."""

import json
from collections import Counter
from datetime import datetime, timedelta

import pytest

from emulator.dcc.dcc import RequestPlan
from emulator.gbcs.envelope import Message
from emulator.gbcs.protection.key_store import KeyUse
from emulator.kernel.units import seconds
from emulator.testing.scenes.dcc_scene import (
    ESME,
    GSME,
    HUB,
    OTHER_SUPPLIER,
    DccScene,
    dcc_scene,
)

CANCELLED = "3000-01-01T00:00:00Z"


@pytest.fixture
def scene() -> DccScene:
    """A DCC with a meter whose supply point somebody else supplies now."""
    made = dcc_scene()
    made.commissioned(HUB, ESME, GSME)
    made.connect()
    made.run(seconds(2))
    made.dcc.request(
        "supplier",
        "5.1",
        DeviceID=ESME,
        DSPScheduledServiceReferenceVariant="4.6.1",
        ScheduleFrequency="Daily",
        ScheduleStartDate="2026-01-06",
    )
    for role in tuple(made.registrations.holders)[:2]:
        made.registrations.holders[role] = OTHER_SUPPLIER
    return made


def alerts(scene: DccScene) -> Counter[str]:
    return Counter(alert.family for alert in scene.dcc.mailbox.dcc_alerts)


def credentials(scene: DccScene) -> dict[str, object]:
    found = {use: scene.keys.find(OTHER_SUPPLIER, use) for use in KeyUse}
    ders = {
        use: each.certificate.der
        for use, each in found.items()
        if each is not None and each.certificate is not None
    }
    authority = scene.keys.authorities[1].der
    return {
        "DigitalSigningCertificate": ders[KeyUse.DIGITAL_SIGNATURE],
        "KeyAgreementCertificate": ders[KeyUse.KEY_AGREEMENT],
        "KeyAgreementTopUpCertificate": ders[KeyUse.PREPAYMENT_KEY_AGREEMENT],
        "CertificationPathCertificates": {"Certificate": authority},
        "SupplierFloorSeqNumber": 0,
        "ApplyTimeBasedCPVChecks": True,
    }


def asked(scene: DccScene, when: datetime | None = None, **more: object) -> Message:
    """The command that a change of supplier becomes, which the meter has answered."""
    plan = RequestPlan("6.23", ESME, {**credentials(scene), **more}, execution=when)
    answer = scene.dcc.ask("other supplier", plan)
    assert answer.code == "I99"
    scene.run(seconds(5))
    return scene.home.heard[-1]


def waiting(scene: DccScene) -> Message:
    return asked(scene, scene.moment + timedelta(hours=1))


def up(scene: DccScene, alert: Message) -> None:
    scene.dcc.wan.up(HUB, alert.encode())
    scene.run(seconds(2))


def test_change_of_supplier_drops_what_waits_for_the_losing_one(scene: DccScene) -> None:
    command = asked(scene)

    assert command.originator == scene.dcc.world.originators.cos_party
    assert command.signature
    assert set(alerts(scene)) == {
        "SecurityCredentialsUpdated",
        "ChangeOfSupplier",
        "DSPScheduleRemoval",
    }


def test_change_that_waits_is_told_when_the_meter_has_made_it(scene: DccScene) -> None:
    command = waiting(scene)
    before = alerts(scene)

    up(scene, scene.home.updated(1, command))
    once = alerts(scene)
    up(scene, scene.home.updated(2, command))

    assert not before
    assert set(once) == {"SecurityCredentialsUpdated", "ChangeOfSupplier", "DSPScheduleRemoval"}
    assert alerts(scene) == once


def test_change_that_failed_at_its_date_is_none(scene: DccScene) -> None:
    command = waiting(scene)

    up(scene, scene.home.updated(1, command, 0x8F67))
    up(scene, scene.home.updated(2, command))

    assert not alerts(scene)


def test_change_that_was_cancelled_is_none(scene: DccScene) -> None:
    command = waiting(scene)
    asked(scene, None, ExecutionDateTime=CANCELLED)

    up(scene, scene.home.updated(1, command))

    assert not scene.dcc.world.dated_updates.all
    assert not alerts(scene)


def test_alert_about_another_command_changes_nothing(scene: DccScene) -> None:
    first = waiting(scene)
    second = waiting(scene)

    up(scene, scene.home.updated(1, first))
    assert not alerts(scene)
    up(scene, scene.home.updated(2, second))

    assert alerts(scene)["ChangeOfSupplier"] == 1


def test_what_waits_is_known_in_the_next_run(scene: DccScene) -> None:
    waiting(scene)
    after = dcc_scene()

    after.dcc.recall(json.loads(json.dumps(scene.dcc.memory())))

    assert after.dcc.world.dated_updates.all == scene.dcc.world.dated_updates.all
