"""Reads ZDP payloads with zigpy: a JSON list of [cluster, hexadecimal payload] in, answers out.

An answer holds every number that zigpy finds, by its name, and under `written` the payload as zigpy
encodes it again. A program of its own, because zigpy is GPL: only this process imports it.
"""

import json
import sys
from typing import Any

from zigpy.types import Struct
from zigpy.zdo.types import CLUSTERS, ZDOCmd


def values(name: str, value: Any) -> dict[str, Any]:
    """A value by its name, fields of structures by dotted names."""
    if isinstance(value, Struct):
        found: dict[str, Any] = {}
        for field, inner in value.as_dict().items():
            found |= values(f"{name}.{field}", inner)
        return found
    if isinstance(value, int):
        return {name: int(value)}
    if isinstance(value, list) and all(isinstance(item, int) for item in value):
        return {name: [int(item) for item in value]}
    return {}


def answer(cluster: int, payload: bytes) -> dict[str, Any]:
    """What zigpy makes of one payload."""
    names, types = CLUSTERS[ZDOCmd(cluster)]  # type: ignore[no-untyped-call]  # zigpy's
    rest, written = payload, b""
    found: dict[str, Any] = {}
    for name, kind in zip(names, types, strict=True):
        if not rest and "Optional" in kind.__qualname__:
            break
        value, rest = kind.deserialize(rest)
        written += value.serialize()
        found |= values(name, value)
    return found | {"written": written.hex() + ("" if not rest else f" and {rest.hex()} left")}


def main() -> None:
    """Answer every payload."""
    rows = json.load(sys.stdin)
    json.dump([answer(cluster, bytes.fromhex(payload)) for cluster, payload in rows], sys.stdout)


if __name__ == "__main__":
    main()
