"""Octets annotated by field: what every failure message shows instead of a bare dump."""

from emulator.kernel.errors import WireError
from emulator.wire.struct import Struct


def hexdump(data: bytes, *, mark: int | None = None) -> str:
    """Sixteen octets a line with offsets; the octet at `mark` stands in brackets."""
    lines: list[str] = []
    for start in range(0, len(data), 16):
        cells = [
            f"[{octet:02x}]" if start + index == mark else f" {octet:02x} "
            for index, octet in enumerate(data[start : start + 16])
        ]
        lines.append(f"{start:04x} {''.join(cells).rstrip()}")
    return "\n".join(lines)


def annotate(struct: type[Struct], data: bytes) -> str:
    """The octets of each field on a line of its own, with its path, and the fault if any."""
    try:
        spans = struct.layout(data)
    except WireError as fault:
        return f"{fault}\n{hexdump(data, mark=fault.offset)}"
    width = max((len(span.path) for span in spans), default=0)
    lines = [
        f"{span.start:04x}  {span.path:<{width}}  {data[span.start : span.end].hex(' ')}".rstrip()
        for span in spans
    ]
    after = spans[-1].end if spans else 0
    if after < len(data):
        lines.append(f"{after:04x}  {'(left over)':<{width}}  {data[after:].hex(' ')}")
    return "\n".join(lines)
