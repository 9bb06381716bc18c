from dataclasses import fields
from typing import Any

import pytest

from emulator.kernel.errors import UsageError
from emulator.kernel.settings import unverified
from emulator.radio.settings import AirSettings, CsmaSettings, ReceiverSettings, ReceptionSettings


def test_csma_has_the_defaults_of_table_86() -> None:
    usual = CsmaSettings()

    assert (usual.min_backoff_exponent, usual.max_backoff_exponent) == (3, 5)
    assert (usual.max_backoffs, usual.max_frame_retries) == (4, 3)


@pytest.mark.parametrize("kind", [AirSettings, CsmaSettings, ReceiverSettings, ReceptionSettings])
def test_every_setting_has_a_source(kind: type[Any]) -> None:
    assert all(each.metadata["source"] for each in fields(kind))


def test_what_no_document_says_is_unverified() -> None:
    assert list(unverified(AirSettings())) == ["rss", "loss"]
    assert list(unverified(ReceiverSettings())) == ["quality_span", "sub_ghz_sensitivity"]
    assert list(unverified(CsmaSettings())) == []


@pytest.mark.parametrize(
    ("kind", "changes", "told"),
    [
        (AirSettings, {"loss": 1.5}, "air.loss is 1.5: expected 0 to 1"),
        (AirSettings, {"loss": -0.1}, "air.loss is -0.1"),
        (ReceiverSettings, {"energy_span": 0}, "receiver.energy_span is 0: expected 1 to 255"),
        (ReceiverSettings, {"quality_span": -1}, "receiver.quality_span is -1"),
        (ReceptionSettings, {"modulation_index": 3.0}, "reception.modulation_index is 3.0"),
        (ReceptionSettings, {"capture_margin": 99.0}, "reception.capture_margin is 99.0"),
        (CsmaSettings, {"max_backoff_exponent": 9}, "expected 3 to 8"),
        (CsmaSettings, {"min_backoff_exponent": 6}, "expected 0 to 5"),
        (CsmaSettings, {"min_backoff_exponent": -1}, "expected 0 to 5"),
        (CsmaSettings, {"max_backoffs": 6}, "expected 0 to 5"),
        (CsmaSettings, {"max_frame_retries": 8}, "expected 0 to 7"),
    ],
)
def test_value_out_of_range_is_refused(kind: type[Any], changes: dict[str, Any], told: str) -> None:
    with pytest.raises(UsageError, match=told):
        kind(**changes)


@pytest.mark.parametrize("loss", [0, 1])
def test_air_may_lose_nothing_or_everything(loss: float) -> None:
    assert AirSettings(loss=loss).loss == loss
