"""The latest of each command that says how things are: message, supplier, billing period, price."""

from typing import TypeVar

from emulator.gbcs_device.gbz.state.document import members, struct
from emulator.kernel.errors import LocalError
from emulator.wire.struct import Struct
from emulator.zcl.payloads.catalogue import PAYLOADS

AnyStruct = TypeVar("AnyStruct", bound=Struct)
_BY_NAME = {each.__name__: each for each in PAYLOADS.values()}


class PublishedTable:
    """What was last published, by the command that said it."""

    def __init__(self) -> None:
        self._latest: dict[type[Struct], Struct] = {}

    def hold(self, payload: Struct) -> None:
        """Keep a payload in place of the last one of its command."""
        self._latest[type(payload)] = payload

    def forget(self, command: type[Struct]) -> None:
        """Keep nothing of a command."""
        self._latest.pop(command, None)

    def latest(self, command: type[AnyStruct]) -> AnyStruct | None:
        """The last payload of a command; None where there was none."""
        value = self._latest.get(command)
        return value if isinstance(value, command) else None

    def snapshot(self) -> dict[str, object]:
        """Every payload by the name of its command."""
        return {each.__name__: value.encode().hex() for each, value in self._latest.items()}

    def restore(self, document: object, name: str) -> None:
        """Hold what saved payloads say, and nothing else.

        Raises:
            LocalError: when they are none.
        """
        latest: dict[type[Struct], Struct] = {}
        for command, octets in members(document, name).items():
            if command not in _BY_NAME:
                raise LocalError(f"saved state: no command {command!r}")
            latest[_BY_NAME[command]] = struct(octets, _BY_NAME[command])
        self._latest = latest
