"""What could still change: what-if, the cheapest way to a better grade, what a grade rests on."""
