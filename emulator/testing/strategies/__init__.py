"""Hypothesis strategies: frames, values, messages, shipments, premises, schedules."""
