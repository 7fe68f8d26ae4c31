"""What could still change: what-if, the cheapest way to a better grade, and what a grade rests on."""
