"""Demand of a home: read from half-hourly files, or made by a model of a household."""
