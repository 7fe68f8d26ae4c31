"""A whole year in the browser: from the first account to the archived year, figure by figure."""

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import time_machine

from journeys import (
    figures,
    steps_checking,
    steps_filing,
    steps_followup,
    steps_keeping,
    steps_people,
    steps_results,
    steps_review,
    steps_setup,
    steps_targets,
    steps_workbook,
)
from journeys.browsing import Window
from journeys.story import DEPARTMENTS, INDUSTRY, UNITS, WEST, Story
from kaohe_web.clock import BEIJING

BEGIN = dt.datetime(2026, 9, 1, 9, tzinfo=BEIJING)


@pytest.fixture
def story(window: Callable[..., Window]) -> Iterator[Story]:
    """An empty installation on the first day of the year."""
    with time_machine.travel(BEGIN, tick=True) as clock:
        yield Story(window, clock.move_to)


def test_a_city_goes_through_its_year_in_the_browser(story: Story, tmp_path: Path) -> None:
    the_first_people_come(story)
    the_year_is_set_up(story)
    targets_are_filed_one_comes_back(story)
    values_and_evidence_come_in(story)
    a_workbook_is_filled_offline(story, tmp_path)
    units_check_and_sign(story)
    assessors_judge(story)
    results_are_announced(story)
    two_units_appeal(story)
    one_unit_faces_a_veto(story)
    the_year_is_scored_again(story)
    the_result_is_final(story)
    what_was_lost_is_mended(story)
    the_year_is_archived(story)


def the_first_people_come(story: Story) -> None:
    steps_people.begin(story)
    steps_people.invite_staff(story)
    steps_people.accept_invitation(story)


def the_year_is_set_up(story: Story) -> None:
    steps_setup.adopt_rubric(story)
    steps_setup.enter_bodies(story)
    steps_people.invite_everybody_else(story)
    steps_setup.make_year(story)
    steps_setup.settle_reading(story)
    steps_setup.take_units(story)
    steps_setup.set_calendar(story)
    steps_setup.divide(story)
    steps_setup.plan_marking(story)
    steps_setup.start(story)


def targets_are_filed_one_comes_back(story: Story) -> None:
    story.day("2026-10-10")
    steps_people.sign_in_again(story, "anquan")
    steps_targets.file_targets(story)
    steps_targets.decide_targets(story)
    steps_targets.file_again(story)


def values_and_evidence_come_in(story: Story) -> None:
    story.day("2027-09-03")
    steps_filing.fill_grid(story)
    steps_filing.see_at_once(story)
    steps_filing.give_evidence(story)
    for unit in UNITS:
        for department in DEPARTMENTS:
            if (unit, department) != (WEST, INDUSTRY):
                steps_filing.fill_department(story, unit, department)


def a_workbook_is_filled_offline(story: Story, folder: Path) -> None:
    steps_workbook.fill_offline(story, folder)


def units_check_and_sign(story: Story) -> None:
    story.day("2027-09-20")
    steps_checking.return_one(story)
    steps_checking.mend_it(story)
    steps_checking.check_and_sign(story)


def assessors_judge(story: Story) -> None:
    story.day("2027-10-12")
    steps_review.stand_before_review(story)
    steps_review.spread(story)
    steps_review.mark_everything(story)
    steps_review.confer(story)
    steps_review.draw_and_visit(story)


def results_are_announced(story: Story) -> None:
    story.day("2027-11-01")
    steps_results.score_and_announce(story)
    steps_results.read_score_sheets(story)
    steps_results.look_from_outside(story, figures.FIRST_GRADES)
    steps_results.object_and_answer(story)


def two_units_appeal(story: Story) -> None:
    story.day("2027-11-03")
    steps_followup.appeal(story)
    steps_followup.take_appeals(story)
    steps_followup.review_appeals(story)
    steps_followup.decide_appeals(story)


def one_unit_faces_a_veto(story: Story) -> None:
    story.day("2027-11-08")
    steps_followup.open_veto_case(story)
    steps_followup.defend(story)
    story.day("2027-11-15")
    steps_followup.decide_veto(story)


def the_year_is_scored_again(story: Story) -> None:
    steps_results.score_again(story)
    steps_results.look_from_outside(story, figures.LAST_GRADES)


def the_result_is_final(story: Story) -> None:
    story.day("2027-11-22")
    steps_results.approve(story)
    steps_results.finalise(story)


def what_was_lost_is_mended(story: Story) -> None:
    steps_followup.order_rectification(story)
    steps_followup.mend(story)
    story.day("2028-01-10")
    steps_followup.report(story)
    steps_followup.close(story)


def the_year_is_archived(story: Story) -> None:
    story.day("2028-04-01")
    steps_keeping.archive(story)
    steps_keeping.verify_chain(story)
    steps_keeping.find_entries(story)
    steps_keeping.see_jobs(story)
