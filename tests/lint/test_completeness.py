"""Nothing is left out: every rule type has a profile, every check a page and a severity."""

import re

import pytest

from kaohe.lint.check import CHECKS, Check
from kaohe.lint.examined import Examined
from kaohe.lint.profile import profile
from kaohe.lint.run import FAMILIES
from kaohe.reading.load import load_rubric
from kaohe.rules.base import Rule
from kaohe.rules.catalogue import RULES


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_every_rule_type_has_a_profile_of_its_own(rule: type[Rule]) -> None:
    assert profile.dispatch(rule) is not profile.dispatch(object)


@pytest.mark.parametrize("check", CHECKS.values(), ids=CHECKS)
def test_every_check_has_a_page_that_says_why_where_and_how(check: Check) -> None:
    headings = re.findall(r"^(\w+)：", check.page, flags=re.MULTILINE)

    assert headings == ["为什么", "见于", "怎样改"]


def test_the_codes_are_those_of_the_families() -> None:
    assert sorted(CHECKS) == [
        *("K101", "K102", "K103", "K104", "K105", "K106", "K108"),
        *("K201", "K202", "K203", "K204", "K205", "K206", "K207", "K208", "K209"),
        *("K210", "K211", "K212", "K213", "K214", "K215", "K216"),
        *("K301", "K302", "K303", "K304", "K305", "K306", "K307", "K308", "K309"),
        *("K310", "K311", "K312", "K313"),
        *("K401", "K403", "K404"),
    ]
    modules = {family.__name__ for family in FAMILIES}
    assert {check.run.__module__ for check in CHECKS.values()} == modules


@pytest.mark.parametrize("name", ["shuangtaizi-2017", "example-county"])
def test_every_part_of_a_built_in_rubric_is_looked_at(name: str) -> None:
    rubric = load_rubric(name)

    looked_at = [look.part.id for look in Examined(rubric).looks]

    assert looked_at == [part.id for part in rubric.all_parts()]
