"""Which script does which check."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from emulator.bench.cases.checks import Check
from emulator.bench.running.alert_scripts import ALERT_SCRIPTS
from emulator.bench.running.answer_scripts import ANSWER_SCRIPTS
from emulator.bench.running.memory_scripts import MEMORY_SCRIPTS
from emulator.bench.running.network_scripts import NETWORK_SCRIPTS
from emulator.bench.running.order_scripts import ORDER_SCRIPTS
from emulator.bench.running.scripts import SCRIPTS, Script
from emulator.bench.running.trust_scripts import TRUST_SCRIPTS

EVERY_SCRIPT: Final[Mapping[Check, Script]] = MappingProxyType(
    {
        **SCRIPTS,
        **ALERT_SCRIPTS,
        **ANSWER_SCRIPTS,
        **MEMORY_SCRIPTS,
        **NETWORK_SCRIPTS,
        **ORDER_SCRIPTS,
        **TRUST_SCRIPTS,
    }
)
"""By the check of a case."""
