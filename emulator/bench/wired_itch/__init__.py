"""The wired ITCH: a test hub whose SM WAN is disabled, on a line to a PC (ETAD Appendix J 17.1)."""
