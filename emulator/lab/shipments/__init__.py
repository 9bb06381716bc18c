"""Shipment files and the numbers in them."""
