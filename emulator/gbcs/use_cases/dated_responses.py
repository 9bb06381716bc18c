"""Responses whose header tells the device's own time (GBCS 7.2.6, date-time).

No document at hand lists them. The reference responses do so by use case without exception: what
can be future dated, what reads registers as they are at that moment, and top-ups.
"""

from typing import Final

DATED_RESPONSES: Final = frozenset(
    (
        *(0x0007, 0x0097),  # CS01a, CS01b
        *(0x0012, 0x0125, 0x0126),  # CS06, CS02g
        *range(0x0102, 0x010A),  # CS02b
        *(0x0019, 0x00A2, 0x00B7, 0x00C7),  # ECS01a, b, c, d
        *(0x001A, 0x001B),  # ECS02, ECS03
        *(0x001F, 0x00DE),  # ECS08, ECS08a
        *range(0x0026, 0x002E),  # ECS17a to e, ECS18a, b, ECS19
        *(0x0039, 0x00BC),  # ECS23, ECS23b
        *(0x0043, 0x0054, 0x011A),  # ECS28a, ECS46c, ECS46d
        *(0x006B, 0x006C, 0x006D, 0x006F, 0x00A3),  # GCS01a, GCS02, GCS03, GCS05, GCS01b
        *(0x0074, 0x0075, 0x00B6, 0x00B8, 0x012A),  # GCS13a, GCS14, GCS13c, GCS13b, GCS60a
    )
)
"""The message codes of these use cases."""
