"""T40: what stands in an imported workbook is shown as it stands there, and does nothing."""

from html import escape

import pytest

from evidence.desk import Desk
from evidence.sheet import Sheet, seen_in
from kaohe_web.filing.models import Submission

FORM = "填报表"
HOSTILE = [
    "<script>stolen=1</script>",
    '<img src=x onerror="stolen=2">',
    '" onmouseover="stolen=3',
    "{{7*7}} {% now 'Y' %}",
    '<b data-hx-get="/stolen" hx-on:load="stolen=4">x</b>',
    "</textarea></td><svg onload=stolen=5>",
    "＜script＞stolen=6＜/script＞",
    "javascript:stolen=7",
]


def stands_bare(words: str, page: str) -> bool:
    """Whether words that mean something in a page stand in it as they are."""
    return escape(words) != words and words in page


@pytest.mark.parametrize("words", HOSTILE)
def test_T40_an_imported_cell_is_shown_literally(desk: Desk, words: str) -> None:
    sheet = Sheet.fetched(desk, "liaison")
    sheet.put(FORM, "part/M9", "note", words)
    client, found, page = sheet.brought_back(desk, "liaison", f"{words[:40]}.xlsx")
    assert escape(words) in page
    assert not stands_bare(words, page)
    address = desk.address("workbook_confirm", pk=found.pk)
    taken = client.post(address, {"seen": seen_in(page)}, follow=True)
    assert taken.status_code == 200
    assert Submission.objects.get(part="M9").note == words
    for who in ("liaison", "unit_office", "office"):
        shown = desk.world.client(who).get(desk.of_part("clause", "M9")).content.decode()
        assert escape(words) in shown
        assert not stands_bare(words, shown)


@pytest.mark.parametrize("words", HOSTILE)
def test_T40_a_cell_that_is_refused_is_told_literally(desk: Desk, words: str) -> None:
    sheet = Sheet.fetched(desk, "liaison")
    place = sheet.put(FORM, "part/M9", "self_score", words)
    _client, _found, page = sheet.brought_back(desk, "liaison")
    assert place in page
    assert not stands_bare(words, page)
    assert Submission.objects.count() == 0
