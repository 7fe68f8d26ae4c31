"""Scoring runs: frozen, announced, approved, superseded, never rewritten."""
