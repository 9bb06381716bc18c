"""A record of a use case of a user's own: an electricity meter's export register, read alone."""

from typing import Any, Final

RECORD: Final[dict[str, Any]] = {
    "code": "0900",
    "name": "XCS01",
    "title": "Read the export register alone",
    "category": "SME.C.NC",
    "evidence": "name",
    "target": "ESME",
    "roles": ["Access Control Broker"],
    "access": "read",
    "protection": {"command": ["MAC"], "response": ["MAC"]},
    "command": {"dlms": [{"do": ["GET", 3, "1-0:2.8.0.255", 2]}]},
}
