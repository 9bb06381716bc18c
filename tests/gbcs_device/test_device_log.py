"""Entries of a device log."""

import json

from emulator.gbcs.asn1.codes import DeviceType
from emulator.gbcs.protection.key_store import KeyUse
from emulator.gbcs_device.device_log import DeviceLog, LogEntry
from emulator.kernel.identity import Eui64
from emulator.testing.scenes.remote_party_bench import PARTNER, bench_pki


def test_a_log_is_full_when_its_last_place_is_taken() -> None:
    log = DeviceLog(2)
    log.add(Eui64(1), LogEntry(DeviceType.PPMID))
    assert not log.full

    log.add(Eui64(2), LogEntry(DeviceType.GPF))

    assert log.full


def test_a_device_that_is_added_again_keeps_its_place() -> None:
    log = DeviceLog(2)
    log.add(Eui64(1), LogEntry(DeviceType.PPMID))
    log.add(Eui64(2), LogEntry(DeviceType.GPF))

    log.add(Eui64(1), LogEntry(DeviceType.TYPE_2))

    assert list(log.entries) == [1, 2]
    assert log.find(Eui64(1)) == LogEntry(DeviceType.TYPE_2)


def test_a_device_that_is_removed_is_gone_and_others_stay() -> None:
    log = DeviceLog(2)
    log.add(Eui64(1), LogEntry(DeviceType.PPMID))

    log.remove(Eui64(1))
    log.remove(Eui64(9))

    assert log.find(Eui64(1)) is None


def test_a_log_survives_a_loss_of_power_with_its_certificates() -> None:
    held = bench_pki().keys.find(PARTNER, KeyUse.KEY_AGREEMENT)
    assert held is not None
    log = DeviceLog(2)
    log.add(PARTNER, LogEntry(DeviceType.PPMID, held.certificate))
    log.add(Eui64(2), LogEntry(DeviceType.GPF))
    other = DeviceLog(2)

    other.restore(json.loads(json.dumps(log.snapshot())))

    assert list(other.entries) == list(log.entries)
    kept = other.find(PARTNER)
    assert kept is not None
    assert kept.certificate is not None
    assert kept.certificate.eui64 == PARTNER
