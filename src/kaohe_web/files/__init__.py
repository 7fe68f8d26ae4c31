"""Files that people hand in: examined before they are kept, kept by their hash, shown from afar."""
