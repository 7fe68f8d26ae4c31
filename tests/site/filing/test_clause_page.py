"""The page of a part: what its department fills in, sees at once, and never overwrites."""

import time
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from filing.steps import RATE, check, duty, entered, form, hand_in, submission, submit, trail, value
from kaohe_web.audit.models import Entry
from kaohe_web.cycles.models import Duty, ProvidedIndicator
from kaohe_web.filing import submissions
from kaohe_web.filing.models import ReportedValue, Submission
from kaohe_web.filing.values import plain
from world import NOW, World

JSON = {"accept": "application/json"}


def address(world: World, name: str = "clause", part: str = "G2.1", unit: int = 0) -> str:
    """The address of one of a part's pages."""
    where = {"cycle_id": world.cycle.pk, "assessed_id": world.assessed[unit].pk, "part": part}
    return reverse(name, kwargs=where)


def save(client: Client, world: World, **fields: Any) -> Any:
    """Save G2.1 as the script does."""
    return client.post(address(world, "submission_save"), form(**fields), headers=JSON)


def test_the_page_says_what_is_asked_and_what_it_would_score(world: World) -> None:
    ReportedValue.objects.create(
        assessed=world.assessed[0], cycle=world.cycle, indicator=RATE, before="91", rolled=True
    )
    page = world.client("liaison").get(address(world)).content.decode()
    for words in (
        "第 3 条　蔬菜监测合格率",
        "2027-12-31 24 时",
        "蔬菜例行监测结果通报",
        "蔬菜监测合格率：不低于 94.5%的不扣分",
        "缺少蔬菜监测合格率，得分未定（0–2.5 分）",
        "<p>91</p>",
    ):
        assert words in page


def test_a_draft_saves_itself_and_answers_with_its_new_version(world: World) -> None:
    answer = save(world.client("liaison"), world, **{f"value-{RATE}": "93.2"})
    assert (answer.status_code, answer.json()["fields"]) == (200, {"version": 1})
    assert (str(value(world).value), trail()) == ("93.2", [("submission.saved", "done")])


def test_pressing_save_leads_back_to_the_page(world: World) -> None:
    client = world.client("liaison")
    answer = client.post(address(world, "submission_save"), form(self_score="2.5"))
    assert (answer.status_code, answer["Location"]) == (302, address(world))
    assert str(submission(world, "G2.1").self_score) == "2.5"


def test_T56_a_stale_draft_gets_both_sides_and_can_take_either(world: World) -> None:
    client = world.client("liaison")
    mine = {f"value-{RATE}": "95", "self_score": "2.5", "lost_reason": "我的说明"}
    save(client, world, **{f"value-{RATE}": "93.2", "self_score": "2.4"})

    stale = save(client, world, **mine)
    assert stale.status_code == 409
    assert stale.json()["differences"] == [
        {"label": "蔬菜监测合格率 · 本年数值", "now": "93.2", "mine": "95"},
        {"label": "自评得分", "now": "2.4", "mine": "2.5"},
        {"label": "失分原因", "now": "", "mine": "我的说明"},
    ]
    page = client.post(address(world, "submission_save"), form(**mine))
    assert page.status_code == 409
    assert 'name="version" hidden>1</textarea>' in page.content.decode()
    assert (str(value(world).value), submission(world, "G2.1").version) == ("93.2", 1)

    chosen = form(**mine, **{"version": "1", f"take-value-{RATE}": "now", "take-self_score": "now"})
    assert client.post(address(world, "submission_save"), chosen).status_code == 302
    row = submission(world, "G2.1")
    assert (str(value(world).value), str(row.self_score), row.lost_reason, row.version) == (
        "93.2",
        "2.4",
        "我的说明",
        2,
    )
    done = ("submission.saved", "done")
    refused = ("submission.saved", "refused")
    assert trail() == [done, refused, refused, done]


def test_handing_in_saves_what_is_in_the_form(world: World) -> None:
    client = world.client("liaison")
    sent = form(**{f"value-{RATE}": "93.2", "self_score": "2.4", "lost_reason": "低于 94.5%"})
    answer = client.post(address(world, "submission_hand_in"), sent)
    assert (answer.status_code, submission(world, "G2.1").state) == (302, "handed_in")
    page = client.get(address(world)).content.decode()
    assert "这一条已报审，正在等单位质强办审核；要修改，请先撤回" in page


def test_what_is_missing_is_said_at_its_field(world: World) -> None:
    answer = world.client("liaison").post(address(world, "submission_hand_in"), form())
    assert answer.status_code == 422
    assert answer.context["form"].errors == {
        f"value-{RATE}": ["还没有填；没有数就在旁边选“无此项”“待定”或“见说明”，不当作 0"],
        "self_score": ["请填自评得分"],
    }
    assert not Submission.objects.exists()


def test_what_is_typed_is_scored_at_once_and_nothing_is_saved(world: World) -> None:
    client = world.client("liaison")
    sent = form(**{f"value-{RATE}": "93.2", "self_score": "2.5", f"before-{RATE}": "60"})
    page = client.post(address(world, "clause_preview"), sent).content.decode()
    for words in (
        "得 <b>2.4</b> 分",
        "蔬菜监测合格率 93.2%，属“不低于 92%、低于 94.5%”一档，扣 0.1 分：2.5 − 0.1 = 2.4",
        "自评得分 2.5 与按现在填的值算出的 2.4 不一致，请核对",
        "蔬菜监测合格率：今年 93.2，上年 60，相差较大；请核对数值和单位",
    ):
        assert words in page
    assert not Submission.objects.exists()
    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("93.2", "93.2"),
        ("９４．５％", "94.5"),
        ("94.5%", "94.5"),
        (" 94.50 ", "94.5"),
        ("100", "100"),
        ("-0", "0"),
        ("0.0000001", "0.0000001"),
        ("", None),
    ],
)
def test_T50_a_number_is_read_as_a_person_means_it(
    world: World, typed: str, kept: str | None
) -> None:
    answer = save(world.client("liaison"), world, **{f"value-{RATE}": typed})
    saved = ReportedValue.objects.filter(indicator=RATE).first()
    assert (answer.status_code, saved and plain(saved.value)) == (200, kept)


@pytest.mark.parametrize(
    "typed",
    [
        "NaN",
        "Infinity",
        "1E+999999",
        "1_000",
        "١٢",
        "−5",
        "－5",
        "1，234.5",
        "1,234.5",
        "94.5%%",
        "9" * 5_000,
        "2147483648",
        "10⁻⁷",
        "+5",
        "0x1F",
        "９４．５．１",
        "无",
        "\u200b93",
        "9\u202e3",
    ],
)
def test_T50_what_is_no_plain_number_is_refused_at_its_field_and_quickly(
    world: World, typed: str
) -> None:
    client = world.client("liaison")
    client.get(address(world))
    began = time.process_time()
    answer = save(client, world, **{f"value-{RATE}": typed})
    took = time.process_time() - began
    assert answer.status_code == 422
    assert list(answer.json()["errors"]) == [f"value-{RATE}"]
    assert not ReportedValue.objects.exists()
    assert took < 1


def test_T50_words_that_nobody_sees_are_refused(world: World) -> None:
    answer = save(world.client("liaison"), world, note="正常\u202e文字")
    assert answer.json() == {"errors": {"note": ["含有看不见的字符 U+202E；请删去它，重新键入"]}}


def test_T23_fields_that_are_not_asked_change_nothing(world: World) -> None:
    client = world.client("liaison")
    save(client, world, self_score="2.5")
    forged = {
        "state": "submitted",
        "score": "2.5",
        "grade": "A",
        "department_id": str(world.departments["u02", "市监局"].pk),
        "assessed": str(world.assessed[1].pk),
        "submitted_at": "2017-10-20",
        "accepted": "{}",
        "value-livestock_pass_rate": "100",
        "id": "999",
    }
    answer = save(client, world, version="1", note="备注", self_score="2.5", **forged)
    assert answer.status_code == 200
    row = submission(world, "G2.1")
    assert (row.state, row.department_id, row.submitted_at, row.accepted, row.note) == (
        "draft",
        world.departments["u01", "市监局"].pk,
        None,
        "",
        "备注",
    )
    assert not ReportedValue.objects.exists()


@pytest.mark.parametrize(
    ("who", "part", "unit"),
    [
        ("other_liaison", "G2.1", 0),
        ("liaison", "M10", 0),
        ("foreign_liaison", "G2.1", 0),
        ("foreign_office", "G2.1", 0),
        ("assessor", "G2.1", 0),
        ("liaison", "G2.1", 1),
        ("liaison", "G1", 0),
        ("liaison", "nothing", 0),
        ("office", "G1", 0),
    ],
)
def test_T22_a_part_that_is_not_ones_own_is_not_there(
    world: World, who: str, part: str, unit: int
) -> None:
    for row in (0, 1):
        submit(world, "G2.1", "M10", unit=row)
    seen = Entry.objects.count()
    answer = world.client(who).get(address(world, part=part, unit=unit))
    assert (answer.status_code, "数值" in answer.content.decode()) == (404, False)
    assert trail()[seen:] == [("page.refused", "refused")]


@pytest.mark.parametrize(
    "name", ["submission_save", "submission_hand_in", "submission_withdraw", "clause_preview"]
)
def test_T22_nobody_writes_to_another_department(world: World, name: str) -> None:
    hand_in(world, "G2.1")
    sent = form(**{f"value-{RATE}": "1", "self_score": "1", "version": "2"})
    for who in ("other_liaison", "foreign_liaison"):
        assert world.client(who).post(address(world, name), sent).status_code == 404
    for who in ("unit_office", "office", "assessor", "leader"):
        assert world.client(who).post(address(world, name), sent).status_code == 403
    row = submission(world, "G2.1")
    assert (row.state, row.version, str(value(world).value)) == ("handed_in", 2, "95")


def test_T24_a_supporting_department_reads_and_does_not_write(world: World) -> None:
    hand_in(world, "G2.1")
    Duty.objects.create(
        cycle=world.cycle,
        assessed=world.assessed[0],
        part="G2.1",
        department=world.departments["u01", "经信局"],
        kind=Duty.Kind.SUPPORTING,
    )
    client = world.client("other_liaison")
    page = client.get(address(world))
    assert (page.status_code, b'id="filing"' in page.content) == (200, False)
    sent = form(version="2", self_score="1")
    assert client.post(address(world, "submission_save"), sent).status_code == 404


def test_an_assessor_reads_what_was_submitted_and_no_draft(world: World) -> None:
    secret = "还没有定稿的说明"
    submissions.save(
        duty(world, "M8.1"),
        by=world.actor("liaison"),
        at=NOW,
        version=0,
        entered=entered("1", note=secret),
    )
    client = world.client("assessor")
    before = client.get(address(world, part="M8.1"))
    assert (before.status_code, secret in before.content.decode()) == (200, False)


def test_withdrawing_and_sending_back_by_page(world: World) -> None:
    row = hand_in(world, "G2.1")
    client = world.client("liaison")
    assert (
        client.post(address(world, "submission_withdraw"), {"version": row.version}).status_code
        == 302
    )
    assert submission(world, "G2.1").state == "draft"

    row = check(world, "G2.1")
    where = {"cycle_id": world.cycle.pk, "submission_id": row.pk}
    sent = {"version": row.version, "reason": "数值不符"}
    answer = world.client("unit_office").post(reverse("submission_return", kwargs=where), sent)
    assert (answer.status_code, submission(world, "G2.1").state) == (302, "returned")
    page = client.get(address(world)).content.decode()
    assert "退回理由：数值不符" in page
    assert "上次审核通过后改了" not in page


def test_what_changed_since_it_was_accepted_is_shown(world: World) -> None:
    submit(world, "G2.1")
    row = submission(world, "G2.1")
    office = world.client("office")
    where = {"cycle_id": world.cycle.pk, "submission_id": row.pk}
    sent = {"version": row.version, "reason": "数值不符", "due": "2099-01-01"}
    refused = office.post(reverse("submission_send_back", kwargs=where), sent)
    assert refused.status_code == 409
    sent["due"] = ""
    assert office.post(reverse("submission_send_back", kwargs=where), sent).status_code == 302
    version = submission(world, "G2.1").version
    changed = form(version=version, **{f"value-{RATE}": "93", "self_score": "2.5"})
    world.client("liaison").post(address(world, "submission_save"), changed)

    page = world.client("unit_office").get(address(world)).content.decode()
    assert "上次审核通过后改了 1 处" in page
    assert '<td class="difference-now">95</td><td class="difference-mine">93</td>' in page


def test_a_value_from_a_provider_is_shown_and_not_asked(world: World) -> None:
    ProvidedIndicator.objects.create(cycle=world.cycle, indicator=RATE, provider=world.provider)
    ReportedValue.objects.create(
        assessed=world.assessed[0],
        cycle=world.cycle,
        indicator=RATE,
        value="91.5",
        source="市质监局（示例）",
    )
    page = world.client("liaison").get(address(world)).content.decode()
    assert (f'name="value-{RATE}"' in page, "91.5%" in page) == (False, True)


def test_a_page_without_signing_in_leads_to_the_door(world: World) -> None:
    answer = Client().get(address(world))
    assert (answer.status_code, answer["Location"].startswith("/login/")) == (302, True)
