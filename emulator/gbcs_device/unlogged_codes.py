"""Codes of what meters tell, but write into no log (GBCS 16.2).

The logs of reference messages show each code of a log once (ECS35a, ECS35b, CS10a, CS10b; RTDS
4.5.0), and have none of these; the table of a meter's manual says so of those in `_OF_A_MANUAL`
(Aclara SGM1400 and SGM1430-B, SMETS2, appendix A). That the others are in no log is unverified.
"""

from typing import Final

_OF_A_MANUAL: Final = (0x810D, 0x810E, 0x8119, 0x8168, 0x8F0A, 0x8F0F, 0x8F34, 0x8F83)
UNLOGGED_CODES: Final = frozenset((*_OF_A_MANUAL, 0x8F1D, 0x8F32, 0x8F33))
