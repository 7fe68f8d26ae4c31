"""The desk: what each person must do by when, gathered from every room; reminding and urging."""
