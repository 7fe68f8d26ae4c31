"""The pages of judging: what they show, that lists cost the same however long, and their forms."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from html import unescape

import pytest
from django.urls import reverse

from kaohe_web.audit.models import Entry
from kaohe_web.cycles.models import AssessedUnit, MarkingPlan
from kaohe_web.filing.models import Submission
from kaohe_web.people.models import Role, Unit
from kaohe_web.review import conferences, draws, recusals, visits
from kaohe_web.review.models import Assignment, Conference, Judgement, Recusal, Visit
from review.judging import file, give_to, judged, mark, pair, two_marks
from world import NOW, World, person

Assert = Callable[[int], object]


def here(world: World, name: str, **more: object) -> str:
    """The address of a page of the year."""
    return reverse(name, kwargs={"cycle_id": world.cycle.pk, **more})


def text(world: World, who: str, address: str) -> str:
    """A page as somebody sees it."""
    answer = world.client(who).get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return str(answer.content.decode())


def cells(page: str, table: str) -> list[list[str]]:
    """The words in the cells of a table, row by row, with its sums."""
    body = page.split(f'data-table="{table}"', 1)[1].split("</table>", 1)[0]
    rows = body.split("<tr")[2:]
    return [
        [
            " ".join(strip(cell).split())
            for cell in row.replace("</th>", "</td>").split("</td>")[:-1]
        ]
        for row in rows
    ]


def strip(html: str) -> str:
    """The words of a piece of a page."""
    out, depth = [], 0
    for sign in html.split(">", 1)[-1] if not html.lstrip().startswith("<") else html:
        depth += (sign == "<") - (sign == ">")
        out.append(sign if depth <= 0 and sign != ">" else " " if sign == ">" else "")
    return unescape("".join(out))


def more_units(world: World, number: int) -> None:
    """So many more units, each with M8.1 filed and given, and one open mark."""
    for place in range(number):
        unit = Unit.objects.create(code=f"x{place:02}", name=f"示例县{place}", position=10 + place)
        assessed = AssessedUnit.objects.create(
            cycle=world.cycle, unit=unit, group="示例市", position=10 + place
        )
        world.units.append(unit)
        world.assessed.append(assessed)
        world.departments[unit.code, "市监局"] = world.departments["u01", "市监局"]
        file(world, "M8.1", len(world.assessed) - 1)
        give_to(world, "assessor", "M8.1", len(world.assessed) - 1)


@pytest.mark.parametrize(
    ("name", "who", "queries"),
    [
        ("review_board", "office", 25),
        ("assignments", "office", 25),
        ("disagreements", "office", 22),
        ("recusals", "office", 10),
        ("queue", "assessor", 24),
        ("draws", "liaison", 8),
        ("visits", "leader", 10),
    ],
)
@pytest.mark.parametrize("rows", [1, 50])
def test_a_list_costs_the_same_with_one_row_and_with_fifty(  # noqa: PLR0913, PLR0917 -- a table
    world: World,
    name: str,
    who: str,
    queries: int,
    rows: int,
    django_assert_num_queries: Assert,
) -> None:
    more_units(world, rows)
    for unit in world.assessed[3:]:
        Visit.objects.create(cycle=world.cycle, assessed=unit, reason="示例")
        Recusal.objects.create(
            cycle=world.cycle,
            assessor=world.posts["third_assessor"],
            assessed=unit,
            reason="示例",
            at=NOW,
        )
    for number in range(rows):
        draws.draw(
            world.cycle,
            by=world.actor("office"),
            at=NOW,
            candidates=[unit.pk for unit in world.assessed],
            seed=f"示例种子 {number}",
            many=1,
            note="示例",
        )
    client = world.client(who)
    address = here(world, name)
    client.get(address)
    with django_assert_num_queries(queries):  # type: ignore[attr-defined]  # the test made it, so it is there
        answer = client.get(address)
    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("name", "who"),
    [
        ("review_board", "office"),
        ("review_board", "leader"),
        ("assignments", "office"),
        ("disagreements", "office"),
        ("recusals", "leader"),
        ("queue", "assessor"),
        ("draws", "unit_office"),
        ("visits", "assessor"),
    ],
)
def test_an_empty_list_says_what_to_do_next(world: World, name: str, who: str) -> None:
    Assignment.objects.exclude(assessed=world.assessed[0]).delete()
    if name == "review_board":
        Assignment.objects.all().delete()
    page = text(world, who, here(world, name))
    if name not in ("assignments", "queue"):
        assert 'class="empty"' in page
    assert f'href="{here(world, name)}" aria-current="page"' in page


def test_the_board_counts_units_and_assessors(world: World) -> None:
    two_marks(world, "M10")
    for part in ("M8.1", "M9", "M10"):
        file(world, part)
    give_to(world, "second_assessor", "M9")
    first, second = (
        give_to(world, "assessor", "M10", turn=1),
        give_to(world, "second_assessor", "M10", turn=2),
    )
    mark(world, give_to(world, "assessor", "M8.1"), "1")
    mark(world, first, "3")
    mark(world, second, "0")
    page = text(world, "office", here(world, "review_board"))
    parts = 37  # judged parts of the rubric; none of those that rules decide
    assert cells(page, "units") == [
        ["城东区（示例）", *map(str, (parts, parts + 1, 4, 3, parts - 3, 1, 1, parts - 1))],
        ["城西区（示例）", *map(str, (parts, parts + 1, 1, 0, parts, 0, 0, parts))],
        ["城南区（示例）", *map(str, (parts, parts + 1, 1, 0, parts, 0, 0, parts))],
        ["合计", *map(str, (3 * parts, 3 * parts + 3, 6, 3, 3 * parts - 3, 1, 1, 3 * parts - 1))],
    ]
    assert cells(page, "assessors") == [
        ["评审员（示例） assessor", "4", "2", "2", "1", "100.0%", "0.0%", "+100.0"],
        ["评审员（示例） second_assessor", "2", "1", "1", "1", "0.0%", "100.0%", "-100.0"],
        ["合计", "6", "3", "3", ""],
    ]


def test_only_the_office_sees_how_strict_somebody_is(world: World) -> None:
    first, second = pair(world)
    mark(world, first, "3")
    mark(world, second, "2.9")
    assert "本人平均" in text(world, "office", here(world, "review_board"))
    assert "本人平均" not in text(world, "leader", here(world, "review_board"))


def test_the_queue_shows_open_marks_first_in_the_assessors_own_order(world: World) -> None:
    for unit, order in ((0, 30), (1, 10), (2, 20)):
        file(world, "M8.1", unit)
        row = give_to(world, "assessor", "M8.1", unit)
        Assignment.objects.filter(pk=row.pk).update(order=order)
    mark(world, give_to(world, "assessor", "M8.1", 2), "1")
    Assignment.objects.filter(assessed=world.assessed[2]).update(order=20)
    Assignment.objects.filter(assessed=world.assessed[1]).update(order=10)
    Assignment.objects.filter(assessed=world.assessed[0]).update(order=30)
    units = [row[1] for row in cells(text(world, "assessor", here(world, "queue")), "queue")]
    assert units == ["城西区（示例）", "城东区（示例）"]
    everything = text(world, "assessor", here(world, "queue") + "?state=")
    assert [row[1] for row in cells(everything, "queue")] == [
        "城西区（示例）",
        "城南区（示例）",
        "城东区（示例）",
    ]
    given = text(world, "assessor", here(world, "queue") + "?state=given")
    assert [row[1:6] for row in cells(given, "queue")] == [
        ["城南区（示例）", "1", "1", "1", "已评"]
    ]


def test_the_mark_is_given_on_its_page_and_the_next_one_follows(world: World) -> None:
    for unit in (0, 1):
        file(world, "M8.1", unit)
    row, other = (give_to(world, "assessor", "M8.1", unit) for unit in (0, 1))
    client = world.client("assessor")
    page = client.get(here(world, "mark", assignment_id=row.pk))
    assert "示例失分原因" in page.content.decode()
    words = {"version": 1, "filed_version": 3, "score": "０．８", "reason": "缺一份记录"}
    answer = client.post(here(world, "mark_give", assignment_id=row.pk), {**words, "then": "next"})
    assert (answer.status_code, answer["Location"]) == (
        302,
        here(world, "mark", assignment_id=other.pk),
    )
    assert judged(row) == (Decimal("0.8"), "single")
    last = client.post(here(world, "mark_give", assignment_id=other.pk), {**words, "then": "next"})
    assert last["Location"] == here(world, "queue")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"score": "1.1"}, "得分应在 0–1 之间"),
        ({"score": "abc"}, "不是普通十进制数"),
        ({"score": ""}, "这个字段是必填项"),
        ({"reason": " "}, "这个字段是必填项"),
        ({"reason": "看不见\u202e的字"}, "含有看不见的字符"),
    ],
)
def test_a_wrong_mark_comes_back_with_what_is_wrong(
    world: World, words: dict[str, str], said: str
) -> None:
    file(world, "M8.1")
    row = give_to(world, "assessor", "M8.1")
    sent = {"version": 1, "filed_version": 3, "score": "1", "reason": "示例", **words}
    answer = world.client("assessor").post(here(world, "mark_give", assignment_id=row.pk), sent)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert judged(row) is None


def test_T23_fields_that_are_not_asked_for_change_nothing(world: World) -> None:
    file(world, "M8.1")
    row = give_to(world, "assessor", "M8.1")
    sent = {
        "version": 1,
        "filed_version": 3,
        "score": "0.5",
        "reason": "示例",
        "turn": 3,
        "assessor": world.posts["third_assessor"].pk,
        "part": "M9",
        "state": "open",
        "how": "conference",
    }
    world.client("assessor").post(here(world, "mark_give", assignment_id=row.pk), sent)
    row.refresh_from_db()
    assert (row.turn, row.assessor, row.part, row.state) == (
        1,
        world.posts["assessor"],
        "M8.1",
        "given",
    )
    assert judged(row) == (Decimal("0.5"), "single")


def test_T22_ids_of_others_are_not_there_and_leave_an_entry(world: World) -> None:
    first, second = pair(world)
    mark(world, first, "3")
    mark(world, second, "0")
    conference = conferences.call(world.assessed[0], by=world.actor("office"), at=NOW, part="M10")
    visit = visits.plan(
        world.cycle,
        by=world.actor("office"),
        at=NOW,
        assessed=world.assessed[0],
        reason="示例",
    )
    client = world.client("third_assessor")
    give_to(world, "third_assessor", "M9", 1)
    asked = [
        ("get", here(world, "mark", assignment_id=first.pk), 404),
        ("post", here(world, "mark_give", assignment_id=first.pk), 404),
        ("post", here(world, "review_send_back", assignment_id=first.pk), 404),
        ("get", here(world, "visit", visit_id=visit.pk), 404),
        ("post", here(world, "finding_add", visit_id=visit.pk), 404),
        ("get", here(world, "conference", conference_id=conference.pk), 403),
        ("post", here(world, "conference_hold", conference_id=conference.pk), 403),
        ("post", here(world, "assignment_remove", assignment_id=first.pk), 403),
    ]
    before = Entry.objects.filter(what="page.refused").count()
    got = [getattr(client, how)(address).status_code for how, address, _want in asked]
    assert got == [want for _how, _address, want in asked]
    assert Entry.objects.filter(what="page.refused").count() == before + len(asked)


def test_T22_what_belongs_to_another_year_is_not_there(world: World) -> None:
    other = type(world.cycle).objects.create(
        name="另一年度（示例）",
        edition=world.edition,
        state="open",
        first_day=dt.date(2017, 9, 1),
        last_day=dt.date(2018, 8, 31),
        made_at=NOW,
    )
    row = give_to(world, "assessor", "M8.1")
    office = world.client("office")
    for name, kwargs in (
        ("review_part", {"assessed_id": world.assessed[0].pk, "part": "M8.1"}),
        ("assignments", {}),
    ):
        answer = office.get(reverse(name, kwargs={"cycle_id": other.pk, **kwargs}))
        assert answer.status_code == (404 if kwargs else 200)
        assert "城东区" not in answer.content.decode()
    words = {"version": 1, "reason": "示例"}
    address = reverse("assignment_remove", kwargs={"cycle_id": other.pk, "assignment_id": row.pk})
    assert office.post(address, words).status_code == 404
    assert Assignment.objects.filter(pk=row.pk).exists()


def test_an_assessor_sends_a_part_back_and_it_waits(world: World) -> None:
    submission = file(world, "M8.1")
    row = give_to(world, "assessor", "M8.1")
    answer = world.client("assessor").post(
        here(world, "review_send_back", assignment_id=row.pk),
        {"version": 3, "reason": "缺少 3 月会议记录", "due": "2027-01-31"},
    )
    assert answer.status_code == 302, answer.content.decode()
    submission.refresh_from_db()
    assert (submission.state, submission.returned_note) == (
        Submission.State.RETURNED,
        "缺少 3 月会议记录",
    )
    page = text(world, "assessor", here(world, "mark", assignment_id=row.pk))
    assert "这一条已退回，等单位补报后再评分" in page
    assert "示例失分原因" not in page
    assert cells(text(world, "assessor", here(world, "queue")), "queue")[0][5] == "等提交"


def test_what_was_filed_again_after_a_mark_is_shown_to_its_assessor(world: World) -> None:
    file(world, "M8.1")
    row = mark(world, give_to(world, "assessor", "M8.1"), "1")
    Submission.objects.update(version=7)
    page = text(world, "assessor", here(world, "queue") + "?state=stale")
    assert [cell[5] for cell in cells(page, "queue")] == ["待复看"]
    page = text(world, "assessor", here(world, "mark", assignment_id=row.pk))
    assert "您评分以后，单位又重新提交过" in page
    answer = world.client("assessor").post(
        here(world, "mark_give", assignment_id=row.pk),
        {
            "version": 2,
            "filed_version": 7,
            "score": "1",
            "reason": "示例理由",
            "why": "已复看",
        },
    )
    assert answer.status_code == 302
    row.refresh_from_db()
    assert (row.filed_version, row.version) == (7, 3)


def test_parts_are_ticked_and_given_and_the_rest_spread(world: World) -> None:
    client = world.client("office")
    place = f"{world.assessed[0].pk}:M9"
    answer = client.post(
        here(world, "assignment_add"),
        {"assessor": world.posts["second_assessor"].pk, "place": [place]},
    )
    assert answer.status_code == 302, answer.content.decode()
    assert Assignment.objects.get(part="M9").assessor == world.posts["second_assessor"]
    page = client.get(here(world, "assignments") + "?state=missing").content.decode()
    assert "随机分派" in page
    people = [world.posts[name].pk for name in ("assessor", "second_assessor")]
    answer = client.post(
        here(world, "assignments_spread"), {"assessors": people, "seed": "示例种子"}
    )
    assert answer.status_code == 302, answer.content.decode()
    assert "缺评审员</dt><dd>0</dd>" in client.get(here(world, "assignments")).content.decode()


@pytest.mark.parametrize("place", ["", "x", ":M9", "1", "一:M9"])
def test_a_box_that_no_page_of_ours_makes_is_refused(world: World, place: str) -> None:
    answer = world.client("office").post(
        here(world, "assignment_add"),
        {"assessor": world.posts["assessor"].pk, "place": [place]},
    )
    assert answer.status_code == 422
    assert Assignment.objects.count() == 3


def test_a_disagreement_is_taken_through_a_conference_on_the_pages(world: World) -> None:
    first, second = pair(world)
    mark(world, first, "3")
    mark(world, second, "0")
    client = world.client("office")
    page = client.get(here(world, "disagreements")).content.decode()
    [[part, unit, points, limit, given, state, _acts]] = cells(page, "apart")
    assert (part.split()[0], unit, points, limit, state) == (
        "M10",
        "城东区（示例）",
        "3",
        "0.6",
        "未办理",
    )
    assert given == "评审员（示例） 3 ；评审员（示例） 0"
    where = {"assessed_id": world.assessed[0].pk, "part": "M10"}
    answer = client.post(here(world, "conference_call", **where))
    conference = Conference.objects.get()
    assert answer["Location"] == here(world, "conference", conference_id=conference.pk)
    words = {
        "version": 1,
        "attendees": "考核办一人",
        "minutes": "示例纪要",
        "score": "4",
        "reason": "示例",
    }
    address = here(world, "conference_hold", conference_id=conference.pk)
    wrong = client.post(address, words)
    assert wrong.status_code == 422
    assert "得分应在 0–3 之间" in wrong.content.decode()
    assert client.post(address, {**words, "score": "1.5"}).status_code == 302
    assert judged(first) == (Decimal("1.5"), "conference")
    shown = text(world, "leader", here(world, "conference", conference_id=conference.pk))
    assert "示例纪要" in shown
    decided = cells(text(world, "office", here(world, "disagreements")), "decided")
    assert [row[3:] for row in decided] == [["1.5", "会商"]]


def test_a_third_mark_is_called_on_the_page_of_the_part(world: World) -> None:
    first, second = pair(world)
    mark(world, first, "3")
    mark(world, second, "0")
    where = {"assessed_id": world.assessed[0].pk, "part": "M10"}
    page = text(world, "office", here(world, "review_part", **where))
    offered = page.split('name="assessor"', 1)[1].split("</select>", 1)[0]
    assert "third_assessor" in offered
    assert "second_assessor" not in offered
    answer = world.client("office").post(
        here(world, "third_mark", **where), {"assessor": world.posts["third_assessor"].pk}
    )
    assert answer.status_code == 302
    assert Assignment.objects.get(turn=3).assessor == world.posts["third_assessor"]


def test_an_assessor_asks_to_be_kept_from_a_unit(world: World) -> None:
    client = world.client("assessor")
    page = client.get(here(world, "queue")).content.decode()
    assert "申请回避" in page
    answer = client.post(
        here(world, "recuse"), {"unit": world.assessed[0].pk, "reason": "亲属（示例）"}
    )
    assert answer["Location"] == here(world, "queue")
    wrong = client.post(here(world, "recuse"), {"unit": world.assessed[0].pk, "reason": "再来"})
    assert wrong.status_code == 422
    rows = cells(text(world, "office", here(world, "recusals")), "recusals")
    assert [row[:3] for row in rows] == [
        ["评审员（示例） assessor", "城东区（示例）", "亲属（示例）"]
    ]


def test_the_office_records_a_recusal_on_the_page(world: World) -> None:
    client = world.client("office")
    words = {
        "assessor": world.posts["third_assessor"].pk,
        "unit": world.assessed[1].pk,
        "reason": "示例",
    }
    assert client.post(here(world, "recusal_impose"), words).status_code == 302
    assert client.post(here(world, "recusal_impose"), {**words, "reason": ""}).status_code == 422
    assert Recusal.objects.count() == 1


def test_a_draw_and_its_visits_are_made_on_the_pages(world: World) -> None:
    client = world.client("office")
    everyone = [unit.pk for unit in world.assessed]
    wrong = client.post(
        here(world, "draw_make"), {"candidates": everyone, "many": 9, "seed": "示例", "note": ""}
    )
    assert wrong.status_code == 422
    assert "抽取个数应在 1–3 之间" in wrong.content.decode()
    made = client.post(
        here(world, "draw_make"), {"candidates": everyone, "many": 2, "seed": "示例", "note": ""}
    )
    assert made.status_code == 302
    planned = client.post(made["Location"] + "visits/")
    assert planned["Location"] == here(world, "visits")
    assert Visit.objects.count() == 2
    visit = Visit.objects.first()
    assert visit is not None
    where = {"visit_id": visit.pk}
    arranged = client.post(
        here(world, "visit_arrange", **where),
        {"version": 1, "on_day": "2026-11-30", "team": "考核办一人"},
    )
    assert arranged.status_code == 302
    assert (
        client.post(
            here(world, "finding_add", **where), {"part": "M8.1", "text": "示例发现"}
        ).status_code
        == 302
    )
    file(world, "M8.1", world.assessed.index(visit.assessed))
    assert (
        client.post(
            here(world, "visit_judge", **where, part="M8.1"),
            {"seen": 0, "score": "0.5", "reason": "示例发现属实"},
        ).status_code
        == 302
    )
    assert Judgement.objects.get().how == "visit"
    assert client.post(here(world, "visit_close", **where), {"version": 2}).status_code == 302
    visit.refresh_from_db()
    assert visit.closed_at is not None


HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</textarea><b onmouseover=alert(1)>",
    "{{7*7}} {% now 'Y' %}",
    "javascript:alert(1)",
    "＜script＞",
    "a' data-hx-get='/x' hx-on:click='alert(1)",
)


@pytest.mark.parametrize("words", HOSTILE)
def test_T40_whatever_people_write_is_shown_as_they_wrote_it(world: World, words: str) -> None:
    office = world.actor("office")
    user = world.posts["second_assessor"].user
    user.name = words[:50]
    user.save()
    two_marks(world, "M10", "M13")
    MarkingPlan.objects.update(phrases=words)
    for part in ("M10", "M13"):
        submission = file(world, part)
        submission.note = submission.lost_reason = words
        submission.save()
        for turn, name in enumerate(("assessor", "second_assessor"), 1):
            give_to(world, name, part, turn=turn)
    rows = {row.part: row for row in Assignment.objects.filter(turn=1).exclude(part="M8.1")}
    mark(world, rows["M10"], "3", words)
    mark(world, Assignment.objects.get(part="M10", turn=2), "0", words)
    conference = conferences.call(world.assessed[0], by=office, at=NOW, part="M10")
    Conference.objects.update(attendees=words, minutes=words, reason=words)
    recusals.impose(
        world.cycle,
        by=office,
        at=NOW,
        assessor=world.posts["second_assessor"],
        assessed=world.assessed[1],
        reason=words,
    )
    row = draws.draw(
        world.cycle,
        by=office,
        at=NOW,
        candidates=[unit.pk for unit in world.assessed],
        seed=words,
        many=1,
    )
    visit = visits.plan(world.cycle, by=office, at=NOW, assessed=world.assessed[0], reason=words)
    visits.arrange(visit, by=office, at=NOW, version=1, on_day=None, team=words)
    visits.add_finding(visit, by=office, at=NOW, part="M10", text=words)
    where = {"assessed_id": world.assessed[0].pk, "part": "M10"}
    pages = {
        "office": (
            here(world, "review_board"),
            here(world, "assignments"),
            here(world, "review_part", **where),
            here(world, "disagreements"),
            here(world, "conference", conference_id=conference.pk),
            here(world, "recusals"),
            here(world, "draws"),
            here(world, "draw", draw_id=row.pk),
            here(world, "visits"),
            here(world, "visit", visit_id=visit.pk),
        ),
        "assessor": (
            here(world, "queue") + "?state=",
            here(world, "mark", assignment_id=rows["M10"].pk),
            here(world, "mark", assignment_id=rows["M13"].pk),
            here(world, "visit", visit_id=visit.pk),
        ),
    }
    Conference.objects.update(held_at=NOW, score="1")
    for who, addresses in pages.items():
        client = world.client(who)
        for address in addresses:
            page = client.get(address).content.decode()
            assert "<script>alert" not in page, address
            assert "<img src=x" not in page, address
            assert "</textarea><b" not in page, address
            assert "' data-hx-get='" not in page, address
            assert 'href="javascript:' not in page, address
    assert words in unescape(text(world, "office", here(world, "review_part", **where)))
    twice = {"seed": words, "many": 1, "candidates": words}
    answer = world.client("office").post(here(world, "draw_rerun"), twice)
    assert words in unescape(answer.content.decode())
    assert "<script>alert" not in answer.content.decode()


def test_T32_a_get_never_writes(world: World) -> None:
    first, _second = pair(world)
    mark(world, first, "3")
    before = Entry.objects.count()
    client = world.client("office")
    for name in ("review_board", "assignments", "disagreements", "recusals", "draws", "visits"):
        assert client.get(here(world, name)).status_code == 200
    for name in ("assignments_spread", "assignment_add", "draw_make", "recusal_impose"):
        assert client.get(here(world, name)).status_code == 405
    assert Entry.objects.count() == before


def test_somebody_without_anything_left_goes_home_after_recusing(world: World) -> None:
    post = person("one_unit", Role.ASSESSOR)
    world.posts["one_unit"] = post
    give_to(world, "one_unit", "M9", 1)
    answer = world.client("one_unit").post(
        here(world, "recuse"), {"unit": world.assessed[1].pk, "reason": "示例"}
    )
    assert answer["Location"] == reverse("home")
