"""What follows a result: veto cases, appeals, rectification."""
