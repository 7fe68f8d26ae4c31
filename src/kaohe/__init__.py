"""Kaohe (考核): official rubrics as data, scored exactly and explained to the tenth of a point."""

__version__ = "2026.11.0"
