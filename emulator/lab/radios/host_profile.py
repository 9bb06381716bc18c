"""The profile for host stacks that know no Smart Energy: labelled so, and never used by a scenario.

Devices join under the default trust centre link key, agree no key of their own, and answer every
cluster under the network key. Nothing of that is allowed in a GB HAN (ZSE 1.4 5.4).
"""

from dataclasses import replace
from typing import Final

from emulator.kernel.units import seconds
from emulator.radio.phy.pages import CHANNELS
from emulator.smart_energy.stack_settings import StackSettings

LABEL: Final = "default key, no key establishment, every cluster open: not Smart Energy"


def served_settings(usual: StackSettings) -> StackSettings:
    """The settings of devices around a served dongle.

    They look for a network again every few seconds, not every minute (ZSE 1.4 5.5.5.1): a person,
    or a host stack, waits for them.
    """
    joiner = replace(usual.joiner, retry=seconds(4), retry_jitter=seconds(1))
    return replace(usual, joiner=joiner)


def default_key_settings(usual: StackSettings) -> StackSettings:
    """The settings of devices for such a host; they look on every channel."""
    return replace(
        usual,
        zcl=replace(usual.zcl, access_rule=False, any_profile=True),
        joiner=replace(usual.joiner, establishes_key=False, channels=CHANNELS),
    )
