"""What a value would score right now, with its reason, from as little as the part needs."""

from decimal import Decimal
from typing import Any

from filing.steps import RATE, duty, entered, submission, submit, whole
from kaohe.wording.words import Lang
from kaohe_web.cycles.models import AssessedUnit, ReferenceValue, SettledReading
from kaohe_web.filing import submissions
from kaohe_web.filing.clauses import Clause, Year, year_of
from kaohe_web.filing.preview import Preview, preview, standing
from kaohe_web.filing.values import ValueEntry
from kaohe_web.people.models import Unit
from world import NOW, World

INDEX = "quality_infrastructure_index"


def asked(world: World, part: str) -> tuple[Year, Clause]:
    """The year and one of its clauses."""
    year = year_of(world.cycle)
    clause = year.clauses("").get(part)
    assert clause is not None
    return year, clause


def look(world: World, part: str, lang: Lang = "zh", **typed: str) -> Preview:
    """What the first unit would score with what is typed."""
    year, clause = asked(world, part)
    values = {name: ValueEntry(Decimal(value)) for name, value in typed.items()}
    return preview(year, world.assessed[0], clause, values, lang=lang)


def test_a_value_is_scored_as_it_is_typed(world: World) -> None:
    assert look(world, "G2.1", vegetable_pass_rate="93.2") == Preview(
        Decimal("2.5"),
        Decimal("2.4"),
        Decimal("2.4"),
        Decimal("2.4"),
        "蔬菜监测合格率 93.2%，属“不低于 92%、低于 94.5%”一档，扣 0.1 分：2.5 − 0.1 = 2.4"
        "（数据：区农经局）。",
    )


def test_it_speaks_english(world: World) -> None:
    assert look(world, "M8.1", lang="en").because == "not yet judged by an assessor (0–1 points)."


def test_what_is_emptied_is_missing_and_not_what_was_saved(world: World) -> None:
    submissions.save(
        duty(world, "G2.1"),
        by=world.actor("liaison"),
        at=NOW,
        version=0,
        entered=whole(world, "G2.1"),
    )
    year, clause = asked(world, "G2.1")
    empty = preview(year, world.assessed[0], clause, {RATE: ValueEntry()})
    assert (empty.score, empty.low, empty.high) == (None, Decimal(0), Decimal("2.5"))


def test_a_readings_choice_changes_the_score_at_once(world: World) -> None:
    assert look(world, "G2.3", aquatic_pass_rate="93.2").score == Decimal("1.5")
    SettledReading.objects.create(
        cycle=world.cycle,
        reading="G2.3-overlap",
        choice="full-from-93.5",
        why="示例",
        signer="示例",
        at=NOW,
    )
    assert look(world, "G2.3", aquatic_pass_rate="93.2").score == Decimal("1.4")


def test_other_units_count_once_they_have_submitted(world: World) -> None:
    AssessedUnit.objects.filter(pk=world.assessed[2].pk).delete()
    submissions.save(
        duty(world, "G4", unit=1),
        by=world.actor("foreign_liaison"),
        at=NOW,
        version=0,
        entered=entered("4", **{INDEX: "1"}),
    )
    draft = look(world, "G4", quality_infrastructure_index="2")
    assert (draft.score, draft.low, draft.high) == (None, Decimal(0), Decimal(4))
    assert "1.5" not in draft.because

    submit(world, "G4", unit=1)
    other = submission(world, "G4", unit=1)
    assert other.state == "submitted"
    assert look(world, "G4", quality_infrastructure_index="2").score is not None


def test_a_reference_stands_in_for_the_others(world: World) -> None:
    ReferenceValue.objects.create(
        cycle=world.cycle, group="示例市", indicator=INDEX, mean="", value="1"
    )
    assert look(world, "G4", quality_infrastructure_index="2").score == Decimal(4)


def test_a_whole_unit_stands_where_its_parts_do(world: World) -> None:
    submit(world, "G2.1", "M8.1")
    year, _clause = asked(world, "G2.1")
    parts = standing(year, world.assessed[0])
    assert len(parts) == 47
    assert {part: parts[part].score for part in ("G2.1", "G2.2", "M8.1")} == {
        "G2.1": Decimal("2.5"),
        "G2.2": None,
        "M8.1": None,
    }


def test_it_reads_only_what_the_part_needs(world: World, django_assert_num_queries: Any) -> None:
    cycle = type(world.cycle).objects.select_related("edition").get()
    assessed = cycle.units.select_related("unit", "cycle__edition").first()
    assert assessed is not None
    year, clause = year_of(cycle), asked(world, "G4")[1]
    typed = {INDEX: ValueEntry(Decimal(2))}
    with django_assert_num_queries(7):
        preview(year, assessed, clause, typed)
    for number in range(50):
        unit = Unit.objects.create(code=f"x{number}", name=f"示例 {number}")
        AssessedUnit.objects.create(cycle=cycle, unit=unit, group="示例市")
    with django_assert_num_queries(7):
        preview(year, assessed, clause, typed)
