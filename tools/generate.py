"""Writes everything that is made from something else: reference pages and the sample workbook."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parent.parent / "tests"))


import reference_checks
import reference_command
import reference_rights
import reference_rules
import reference_settings
import sample_workbook

MAKERS = (
    reference_rules,
    reference_checks,
    reference_command,
    reference_rights,
    reference_settings,
)


def main() -> None:
    """Write every generated file anew."""
    for maker in MAKERS:
        for path, text in maker.render().items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
    sample_workbook.write(sample_workbook.SAMPLE)


if __name__ == "__main__":
    main()
