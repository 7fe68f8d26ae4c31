"""Every case of every check finds what it says, and nothing else."""

import pytest

from kaohe.lint.check import CHECKS
from lint.cases import Case, cases

CASES = cases()


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.code} {case.name}")
def test_the_case_finds_what_it_says(case: Case) -> None:
    found = case.findings()

    assert sorted((f.place, f.message) for f in found) == sorted(case.finds)
    assert {f.waived_by for f in found} <= {case.waived_by}
    assert {f.severity for f in found} <= {case.severity or CHECKS[case.code].severity}


def test_every_check_has_a_case_that_fails() -> None:
    failing = {case.code for case in CASES if case.finds and case.waived_by is None}

    assert failing == set(CHECKS)


def test_every_check_has_a_case_that_passes() -> None:
    passing = {case.code for case in CASES if not case.finds or case.waived_by is not None}

    assert passing == set(CHECKS)
