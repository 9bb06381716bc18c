"""How finely a consumer's data may be fetched (SEC DP162, 2: consumers may opt out)."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from emulator.kernel.errors import UsageError
from emulator.lab.shipments.shipment import Shipment


class Consent(StrEnum):
    """What a consumer shares for settlement."""

    HALF_HOURLY = "half-hourly"
    DAILY = "daily"
    MONTHLY = "monthly"


def parse_opt_outs(texts: Sequence[str], shipment: Shipment) -> Mapping[str, Consent]:
    """Who has opted out, by MPAN.

    Args:
        texts: each `MPAN=daily` or `MPAN=monthly`.
        shipment: has the meters of these supply points.

    Raises:
        UsageError: with every mistake, one line each.
    """
    known = {each.mpxn for each in shipment.devices if each.type == "ESME" and each.mpxn}
    ways = {each.value: each for each in (Consent.DAILY, Consent.MONTHLY)}
    found: dict[str, Consent] = {}
    mistakes: list[str] = []
    for text in texts:
        mpan, _, way = (part.strip() for part in text.partition("="))
        if way not in ways:
            mistakes.append(f"--opt-out {text}: expected MPAN=daily or MPAN=monthly")
        elif mpan not in known:
            there = ", ".join(sorted(known)) or "none"
            mistakes.append(
                f"--opt-out {text}: no electricity meter of that MPAN; there is {there}"
            )
        elif mpan in found:
            mistakes.append(f"--opt-out {text}: expected each MPAN once")
        else:
            found[mpan] = ways[way]
    if mistakes:
        raise UsageError(*mistakes)
    return found
