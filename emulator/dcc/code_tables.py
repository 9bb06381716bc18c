"""Response codes and DCC alert codes with what they mean and how sure that is (DUIS 5.4)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Final

from emulator.dcc.inventory.statuses import Certainty
from emulator.kernel.errors import UsageError

_RESPONSES: Final = "response_codes.jsonl"
_ALERTS: Final = "dcc_alert_codes.jsonl"


@dataclass(frozen=True, slots=True)
class ResponseCode:
    """A response code.

    Args:
        code: like `E5`.
        meaning: in our words; empty where it is not known.
        certainty: how sure the meaning is; None where only the number is known.
    """

    code: str
    meaning: str
    certainty: Certainty | None


@dataclass(frozen=True, slots=True)
class DccAlertCode:
    """A DCC alert code.

    Args:
        code: like `N24`.
        family: the payload it comes with, as DUIS names it; empty where it is not known.
        certainty: how sure the family is; None where only the number is known.
    """

    code: str
    family: str
    certainty: Certainty | None


def response_code(code: str) -> ResponseCode:
    """What is known of a response code.

    Raises:
        UsageError: when DUIS has no such code.
    """
    known = response_codes().get(code)
    if known is None:
        raise UsageError(f"response code {code!r} is none of DUIS 5.4, expected one like E5")
    return known


def dcc_alert_code(code: str) -> DccAlertCode:
    """What is known of a DCC alert code.

    Raises:
        UsageError: when DUIS has no such code.
    """
    known = dcc_alert_codes().get(code)
    if known is None:
        raise UsageError(f"DCC alert code {code!r} is none of DUIS 5.4, expected one like N24")
    return known


@cache
def response_codes() -> Mapping[str, ResponseCode]:
    """Every response code, in the order of the schema."""
    return MappingProxyType(
        {
            row["code"]: ResponseCode(row["code"], row["meaning"], _certainty(row))
            for row in _rows(_RESPONSES)
        }
    )


@cache
def dcc_alert_codes() -> Mapping[str, DccAlertCode]:
    """Every DCC alert code, in the order of the schema."""
    return MappingProxyType(
        {
            row["code"]: DccAlertCode(row["code"], row["family"], _certainty(row))
            for row in _rows(_ALERTS)
        }
    )


def _rows(name: str) -> list[dict[str, Any]]:
    lines = files(__package__).joinpath(name).read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines[1:]]


def _certainty(row: dict[str, Any]) -> Certainty | None:
    name = row["certainty"]
    return None if name is None else Certainty[name]
