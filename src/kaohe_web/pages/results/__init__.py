"""Scoring runs, score sheets, ranking, exports."""
