"""Event and alert codes by name (GBCS 16.2)."""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final

_DATA: Final = "alert_codes.jsonl"


@cache
def alert_codes() -> Mapping[int, str]:
    """The name of every known code; some names are `unverified`, as the table itself marks."""
    lines = files(__package__).joinpath(_DATA).read_text("utf-8").splitlines()
    records = (json.loads(line) for line in lines[1:])
    return MappingProxyType({int(each["code"], 16): str(each["name"]) for each in records})


def alert_name(code: int) -> str:
    """The name of an event or alert code, or that it is not known."""
    return alert_codes().get(code, "unknown code")
