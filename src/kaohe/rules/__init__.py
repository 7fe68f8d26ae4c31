"""What a scoring rule means: its data, its exact score and the reason, one room per type."""
