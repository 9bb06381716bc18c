"""Whether values of a class have the methods of a protocol, found out once for each class.

Python looks for every method anew whenever `isinstance` is asked about a protocol.
"""

from functools import cache


def is_like(kind: type, protocol: type) -> bool:
    """Whether the class `kind` has all methods of `protocol`.

    Args:
        kind: a class, whose methods are its own and not those of single values.
        protocol: one that can be asked for at run time, and has methods only.
    """
    return _is_like(kind, protocol)


@cache
def _is_like(kind: type, protocol: type) -> bool:
    return issubclass(kind, protocol)
