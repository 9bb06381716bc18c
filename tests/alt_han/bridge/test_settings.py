import pytest

from emulator.alt_han.bridge.settings import PRESETS, BackhaulSettings
from emulator.kernel.errors import UsageError
from emulator.kernel.settings import unverified
from emulator.kernel.units import Duration


def test_presets_are_called_examples_and_none_of_their_figures_verified() -> None:
    assert all(name.startswith("example-") for name in PRESETS)
    assert {"latency", "loss", "mtu"} <= set(unverified(BackhaulSettings()))


def test_everything_impossible_is_told_at_once() -> None:
    with pytest.raises(UsageError) as caught:
        BackhaulSettings(latency=Duration(-1), loss=1.5, throughput=0, mtu=0, queue=0)

    assert [line.split()[0] for line in str(caught.value).splitlines()] == [
        "backhaul.latency",
        "backhaul.loss",
        "backhaul.throughput",
        "backhaul.mtu",
        "backhaul.queue",
    ]
