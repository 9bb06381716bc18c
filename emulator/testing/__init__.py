"""Aids for tests: fakes, scenes, benches, strategies and judges, for other people's tests too."""
