"""Veto cases, appeals, rectification."""
