"""Link keys and network keys: how they are agreed, made, shared and kept (ZSE 1.4 5.4, Annex C)."""
