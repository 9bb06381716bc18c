"""A building of two flats, for tests: one direct, one whose hub is two concrete floors below."""

from typing import Final

SMALL_BLOCK: Final = """\
name = "Two flats"

[[storey]]
name = "ground"
height = 2.8
slab = "concrete floor"

[[storey]]
name = "first"
height = 2.8
slab = "concrete floor"

[[storey]]
name = "second"

[[room]]
name = "flat"
storey = "ground"
dwelling = "low"
corners = [[0, 0], [8, 0], [8, 6], [0, 6]]
walls = "block"

[[room]]
name = "store"
storey = "first"
corners = [[0, 0], [8, 0], [8, 6], [0, 6]]

[[room]]
name = "flat"
storey = "second"
dwelling = "high"
corners = [[0, 0], [8, 0], [8, 6], [0, 6]]
walls = "block"

[[room]]
name = "meter room"
storey = "ground"
corners = [[8, 0], [10, 0], [10, 6], [8, 6]]
walls = "concrete"

[[fitted]]
type = "CHF"
storey = "ground"
dwellings = "*"
at = [8.5, 1]
step = [0.4, 0]

[[fitted]]
type = "ESME"
storey = "ground"
dwellings = "*"
at = [8.5, 1.2]
step = [0.4, 0]

[[fitted]]
type = "IHD"
dwellings = "*"
at = [3, 3]

[[bridge]]
name = "pair"
system = "point-to-point"
serves = ["high"]
wired = "high ESME"
at = [5, 3]
line = "example-wire"
"""
"""The text of its file."""
