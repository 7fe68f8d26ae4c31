"""One assessment year: units, departments, duties, targets, references, calendar."""
