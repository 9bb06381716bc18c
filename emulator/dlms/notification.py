"""Data notifications: what a device sends unasked (IEC 62056-5-3 8, data-notification)."""

from dataclasses import dataclass
from typing import Final, Self

from emulator.dlms.data import Data
from emulator.dlms.data_coding import encode_data, take_data
from emulator.dlms.invocation import header_octets, take_header
from emulator.kernel.errors import WireError

NOTIFICATION_TAG: Final = 0x0F


@dataclass(frozen=True, slots=True)
class DataNotification:
    """One value sent unasked."""

    invoke_id: int
    body: Data
    date_time: bytes = b""

    @classmethod
    def decode(cls, octets: bytes) -> Self:
        """The notification that `octets` are.

        Raises:
            WireError: when they are no data notification, or more than one.
        """
        invoke_id, date_time, at = take_header(octets, NOTIFICATION_TAG, "DataNotification")
        try:
            body, at = take_data(octets, at)
        except WireError as error:
            path = f"DataNotification.body{error.path.removeprefix('[0]')}"
            raise WireError(path, error.offset, error.reason) from None
        if at != len(octets):
            raise WireError("DataNotification", at, f"{len(octets) - at} octets after the end")
        return cls(invoke_id, body, date_time)

    def encode(self) -> bytes:
        """The octets on the wire.

        Raises:
            LocalError: when the value does not fit its type.
        """
        return header_octets(NOTIFICATION_TAG, self.invoke_id, self.date_time) + encode_data(
            self.body
        )
