"""The one error tree: whose fault it is decides the branch.

    LabError
      LocalError              the caller broke a rule of the interface
        UsageError            what the user typed or wrote cannot be run (exit status 2)
      PeerError               the other side, or bytes from it, broke a rule of the protocol
        WireError             bytes that are no value of the declared format
        SecurityError         a frame, certificate or confirmation that does not verify
      EnvironmentFault        a file, line, library or dongle failed (exit status 3)

A refusal that the protocol knows (a ZDP, ZCL or MAC status) is a value, never an exception.
"""


class LabError(Exception):
    """Root of everything this project raises on purpose."""


class LocalError(LabError):
    """The caller broke a rule of the interface."""


class UsageError(LocalError):
    """What the user asked for cannot be run; found before anything started.

    Args:
        problems: one line each, complete sentences naming file, place, value and what was expected.
    """

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class PeerError(LabError):
    """The other side, or bytes from it, broke a rule of the protocol."""


class WireError(PeerError):
    """Bytes that are no value of the declared format.

    Args:
        path: the field, dotted from the outermost format (`NwkHeader.destination`).
        offset: byte offset from the start of what was decoded.
        reason: what was expected and what was there.
    """

    def __init__(self, path: str, offset: int, reason: str) -> None:
        super().__init__(f"{path} at byte {offset}: {reason}")
        self.path = path
        self.offset = offset
        self.reason = reason


class SecurityError(PeerError):
    """A frame, certificate or confirmation that does not verify."""


class EnvironmentFault(LabError):  # noqa: N818 - a fault of the surroundings, not an error of ours
    """A file, line, library or dongle failed; the emulation itself did nothing wrong."""
