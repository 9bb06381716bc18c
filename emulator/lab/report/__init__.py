"""The report a person looks at: one HTML file made from a run's result."""

from emulator.lab.report.html import render_report

__all__ = ["render_report"]
