"""What a rubric is: sections, criteria and parts; grades, vetoes; readings of what is unclear."""
