"""Pictures for reports, as SVG: spectra with masks, error curves, channels, homes, floor plans."""
