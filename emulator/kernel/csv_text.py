"""Lines of CSV of others: cells, or one kind of error."""

import csv


def csv_cells(line: str) -> list[str]:
    """The cells of one line, as spreadsheets quote them; none of an empty one.

    Raises:
        ValueError: when a cell is longer than any reader takes.
    """
    try:
        return next(csv.reader([line]), [])
    except csv.Error as fault:
        raise ValueError(str(fault)) from fault
