"""Customer Identification Numbers: made by the DCC, shown by the meter (DUIS 5.4, SRV 9.1).

The request brings none. The DCC makes four digits, sends them to the meter, and tells them to the
user together with the meter's answer, so that a customer can read them out.
"""

import hashlib
from typing import Final

from emulator.dcc.service_request import ServiceRequest

REQUEST_CUSTOMER_NUMBER: Final = "9.1"
VALUE: Final = "customer_identification_number"
"""What the command calls it (GBCS ECS50, GCS36)."""
_NUMBERS: Final = 10_000


def customer_number(request: ServiceRequest) -> str:
    """The number that a request makes, four digits; empty for requests that make none.

    It follows from the request's name alone, so that equal runs are equal.
    """
    if request.srv != REQUEST_CUSTOMER_NUMBER:
        return ""
    given = request.parameters.get(VALUE)
    if isinstance(given, str):
        return given
    digest = hashlib.sha256(str(request.request_id).encode()).digest()
    return f"{int.from_bytes(digest) % _NUMBERS:04}"
