"""What is wrong with a rubric: points K1xx, bands K2xx, references K3xx, prose K4xx."""
