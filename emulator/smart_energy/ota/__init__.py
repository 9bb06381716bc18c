"""Firmware over the air: the hub has images for devices, which fetch them (ZCL8 11, GBCS 11.2)."""
