"""Rules and reasons as sentences, in Chinese and in English."""
