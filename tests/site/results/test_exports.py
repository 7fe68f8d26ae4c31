"""What leaves the site: the files themselves, their entries in the trail, and who gets none."""

import hashlib
import io
import json
import shlex
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.urls import reverse
from openpyxl import load_workbook

from kaohe.cli.main import kaohe
from kaohe_web.audit.models import Entry
from kaohe_web.cycles.models import Cycle, SettledReading
from kaohe_web.people.actor import Actor
from kaohe_web.people.models import Role, Unit
from kaohe_web.results import runs
from kaohe_web.results.models import ScoringRun
from results.conftest import People, address
from world import NOW

TABLES = ("ranking", "heat", "means")


def csv_of(content: bytes) -> list[list[str]]:
    """The rows of a CSV; none of the tables here has quotes or commas in a cell."""
    text = content.decode("utf-8-sig")
    return [line.split(",") for line in text.split("\r\n") if line]


def test_the_archive_is_checked_again_by_the_command_it_names(
    city: Cycle, office: Actor, people: People, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for reading, choice in (("G6.2-steps", "full"), ("G3-fifth", "more-than")):
        SettledReading.objects.create(
            cycle=city, reading=reading, choice=choice, why="示例", signer="示例", at=NOW
        )
    run = runs.run(city, by=office, at=NOW, after=0, reason="初评结束")
    response = people.client(Role.OFFICE).get(address("run_archive", run))
    with zipfile.ZipFile(io.BytesIO(response.content)) as package:
        assert package.testzip() is None
        package.extractall(tmp_path)
    monkeypatch.chdir(tmp_path)

    sums = Path("SHA256SUMS").read_bytes()
    for line in sums.decode().splitlines():
        hashed, name = line.split("  ")
        assert hashlib.sha256(Path(name).read_bytes()).hexdigest() == hashed
    digest = "sha256:" + hashlib.sha256(sums).hexdigest()
    assert (Path("digest.txt").read_text("utf-8").strip(), run.digest) == (digest, digest)

    page = Path("README.md").read_text("utf-8")
    [command] = [line for line in page.splitlines() if line.startswith("kaohe score")]
    words = shlex.split(command.removesuffix(" > again.json"))
    assert words == [
        *("kaohe", "score", "rubric.yaml", "inputs.json"),
        *("--reading", "G3-fifth=more-than", "--reading", "G6.2-steps=full", "--json"),
    ]
    told = CliRunner().invoke(kaohe, words[1:])
    assert told.exit_code == 0, told.output
    assert told.stdout == Path("result.json").read_text("utf-8")


def test_the_archive_holds_nothing_else(provisional: ScoringRun, people: People) -> None:
    response = people.client(Role.LEADER).get(address("run_archive", provisional))
    with zipfile.ZipFile(io.BytesIO(response.content)) as package:
        assert package.namelist() == [
            "README.md",
            "SHA256SUMS",
            "details.json",
            "digest.txt",
            "inputs.json",
            "readings.json",
            "result.json",
            "rubric.yaml",
        ]
    assert response["Content-Type"] == "application/zip"
    assert response["X-Content-Type-Options"] == "nosniff"
    name = "%E7%A4%BA%E4%BE%8B%E5%B9%B4%E5%BA%A6%E7%AC%AC1%E6%AC%A1%E8%AE%A1%E5%88%86.zip"
    assert response["Content-Disposition"].endswith(f"filename*=UTF-8''{name}")


def test_the_ranking_leaves_with_its_figures_as_numbers(
    provisional: ScoringRun, people: People
) -> None:
    client = people.client(Role.OFFICE)
    where = address("run_export", provisional, table="ranking", form="csv")
    rows = csv_of(client.get(where).content)
    expected = {
        unit["id"]: [unit["name"], unit["total"], unit["low"], unit["high"], unit["grade"]]
        for unit in json.loads(provisional.result)["units"]
    }
    assert sorted([row[2:7] for row in rows[1:]]) == sorted(expected.values())

    where = address("run_export", provisional, table="ranking", form="xlsx")
    book = load_workbook(io.BytesIO(client.get(where).content))
    cells = list(book.worksheets[0].iter_rows(values_only=True))
    head = next(place for place, row in enumerate(cells) if row[0] == "参评范围")
    shown = [[str(cell) for cell in row[2:7]] for row in cells[head + 1 :]]
    assert shown == [row[2:7] for row in rows[1:]]


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_every_table_of_a_run_and_of_the_moment_leaves_in_both_forms(
    provisional: ScoringRun, people: People, table: str, form: str
) -> None:
    client = people.client(Role.OFFICE)
    kwargs = {"cycle_id": provisional.cycle_id, "table": table, "form": form}
    for where in (
        address("run_export", provisional, table=table, form=form),
        reverse("standing_export", kwargs=kwargs) + "?basis=own",
    ):
        response = client.get(where)
        assert (response.status_code, bool(response.content)) == (200, True)
    assert [(e.what, e.outcome) for e in Entry.objects.order_by("seq")][1:] == [
        ("results.table_exported", "done"),
        ("results.standing_exported", "done"),
    ]


def test_what_moved_leaves_once_there_is_a_run_before(
    provisional: ScoringRun, city: Cycle, office: Actor, people: People
) -> None:
    client = people.client(Role.OFFICE)
    where = address("run_export", provisional, table="moved", form="csv")
    assert client.get(where).status_code == 404
    city.units.get(unit__code="u01").judgements.filter(part="M9").update(score="0")
    again = runs.run(city, by=office, at=NOW, after=1, reason="更正")
    rows = csv_of(client.get(address("run_export", again, table="moved", form="csv")).content)
    assert rows[1:] == [
        ["城东区（示例）", "总分", "96.19", "95.19", "A", "A", "1", "1"],
        ["城东区（示例）", "M9", "1", "0", "", "", "", ""],
    ]


def test_a_unit_takes_its_own_score_sheet_without_names_of_assessors(
    announced: ScoringRun, people: People
) -> None:
    own = announced.units.get(assessed__unit__code="u01")
    client = people.client(Role.UNIT_OFFICE, "u01")
    kwargs = {"cycle_id": announced.cycle_id, "result_id": own.pk, "form": "csv"}
    response = client.get(reverse("sheet_export", kwargs=kwargs))
    text = response.content.decode("utf-8-sig")
    assert "评审员（示例）" not in text
    assert text.splitlines()[-1].split(",")[2:6] == ["合计", "100", "96.19", "96.19"]
    entry = Entry.objects.order_by("-seq")[0]
    assert (entry.what, entry.outcome) == ("results.sheet_exported", "done")


def test_the_data_leaves_with_an_entry(city: Cycle, people: People) -> None:
    response = people.client(Role.OFFICE).get(reverse("data_export", kwargs={"cycle_id": city.pk}))
    assert len(json.loads(response.content)["units"]) == 6
    entry = Entry.objects.get()
    assert (entry.what, json.loads(entry.details)) == (
        "results.data_exported",
        {"file": "示例年度.json"},
    )


@pytest.mark.parametrize(
    ("table", "form"), [("secrets", "csv"), ("ranking", "pdf"), ("moved", "csv")]
)
def test_a_table_or_form_that_there_is_not_is_refused(
    provisional: ScoringRun, people: People, table: str, form: str
) -> None:
    where = address("run_export", provisional, table=table, form=form)
    assert people.client(Role.OFFICE).get(where).status_code == 404
    assert Entry.objects.order_by("-seq")[0].outcome == "refused"


def test_T09_a_name_that_looks_like_a_formula_leaves_as_text(
    city: Cycle, office: Actor, people: People
) -> None:
    Unit.objects.filter(code="u01").update(name='=HYPERLINK("x")')
    run = runs.run(city, by=office, at=NOW, after=0, reason="示例")
    client = people.client(Role.OFFICE)
    text = client.get(address("run_export", run, table="ranking", form="csv")).content.decode()
    assert '"\'=HYPERLINK(""x"")"' in text
    content = client.get(address("run_export", run, table="ranking", form="xlsx")).content
    cells = [cell for row in load_workbook(io.BytesIO(content)).worksheets[0] for cell in row]
    [cell] = [cell for cell in cells if cell.value == '=HYPERLINK("x")']
    assert cell.data_type == "s"


@pytest.mark.parametrize(
    "role", [Role.UNIT_OFFICE, Role.LIAISON, Role.ASSESSOR, Role.SYSTEM_OFFICER, Role.AUDIT_OFFICER]
)
def test_T25_nobody_but_office_and_leader_takes_data_or_runs(
    announced: ScoringRun, people: People, role: Role
) -> None:
    unit = "u01" if role in (Role.UNIT_OFFICE, Role.LIAISON) else ""
    client = people.client(role, unit)
    in_year = {"cycle_id": announced.cycle_id}
    for where in (
        reverse("data_export", kwargs=in_year),
        reverse("standing_export", kwargs={**in_year, "table": "ranking", "form": "csv"}),
        address("run_archive", announced),
        address("run_export", announced, table="ranking", form="csv"),
    ):
        assert client.get(where).status_code == 403
