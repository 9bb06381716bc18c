"""The transmit power of each link (R22 Annex D.11.2, Power Control Information Table)."""

from emulator.zigbee.addresses import NwkAddress

LOWEST = -43
HIGHEST = 14
"""dBm a GB device below 1 GHz can be set to (R22 Annex D, as Silicon Labs states it)."""


class PowerTable:
    """Power in dBm by short address; a link of which nothing was said has the device's own."""

    def __init__(self) -> None:
        self._powers: dict[NwkAddress, int] = {}

    def of(self, address: NwkAddress | None) -> int | None:
        """The power for frames to `address`; None where nothing was said of it."""
        return None if address is None else self._powers.get(address)

    def adjust(self, address: NwkAddress, delta: int, otherwise: int) -> int:
        """Send `delta` dB stronger to `address` from now on, within what the device can.

        Args:
            address: whose link it is.
            delta: in dB; negative to send more weakly.
            otherwise: the power it had if none was set, dBm.
        """
        power = self._powers.get(address, otherwise) + delta
        power = max(LOWEST, min(HIGHEST, power))
        self._powers[address] = power
        return power

    def reset(self, address: NwkAddress) -> None:
        """Send to `address` with the device's own power again."""
        self._powers.pop(address, None)

    def clear(self) -> None:
        """Forget every link."""
        self._powers.clear()
