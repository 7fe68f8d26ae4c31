"""What could still change: what-if, points regained, a better grade, what a grade rests on."""
