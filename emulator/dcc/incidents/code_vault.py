"""Install codes as parties keep them: who got them from whom (MP121 report, section 7).

A code is usually received at manufacture or on delivery; no message of the HAN or of the DCC holds
it otherwise.
"""

from collections.abc import Iterable

from emulator.kernel.identity import Eui64


class CodeVault:
    """The install codes that one party knows."""

    def __init__(self) -> None:
        self._codes: dict[Eui64, bytes] = {}

    def __len__(self) -> int:
        return len(self._codes)

    def keep(self, device: Eui64, code: bytes) -> None:
        """Keep the code of a device; a later one replaces it."""
        self._codes[device] = code

    def code(self, device: Eui64) -> bytes | None:
        """The code of a device, None when the party never had it."""
        return self._codes.get(device)

    def deliver(self, devices: Iterable[Eui64], to: "CodeVault") -> tuple[Eui64, ...]:
        """Hand over the codes of devices, as an advance shipping notice does.

        Returns:
            The devices whose code this party does not have.
        """
        missing = []
        for device in devices:
            code = self.code(device)
            if code is None:
                missing.append(device)
            else:
                to.keep(device, code)
        return tuple(missing)
