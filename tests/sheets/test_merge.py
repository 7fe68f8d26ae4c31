"""Three ways at once: nothing that anybody changed is lost, and nothing is overwritten unseen."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counts import count
from kaohe_web.sheets.merge import Merge, Side, Standing, Undecided, merge
from kaohe_web.sheets.model import Held, Key, Slot

CASES = settings(max_examples=count(full=5_000, reduced=200), deadline=None)

FIELDS = ("score", "reason")
VALUES = st.sampled_from(["", "1", "2", "3"])
RECORD = st.fixed_dictionaries(dict.fromkeys(FIELDS, VALUES))
PARTS: tuple[Key, ...] = (("part", "A"), ("part", "B"), ("value", "u01", "rate"))
ENTRIES: tuple[Key, ...] = (("entry", "1"), ("entry", "2"))
Whole = dict[Key, dict[str, str]]


def held(values: Whole, version: int = 1) -> dict[Key, Held]:
    return {key: Held(version, fields) for key, fields in values.items()}


def all_of(keys: tuple[Key, ...]) -> st.SearchStrategy[Whole]:
    return st.fixed_dictionaries(dict.fromkeys(keys, RECORD))


def some_of(keys: tuple[Key, ...]) -> st.SearchStrategy[Whole]:
    return st.dictionaries(st.sampled_from(keys), RECORD)


def after(merged: Merge, now: Whole, choices: dict[Slot, Side] | None = None) -> Whole:
    """What the site holds once everything is written."""
    found = {key: dict(fields) for key, fields in now.items()}
    for write in merged.writes(choices):
        found[write.key] = {**found.get(write.key, {}), **write.values}
        if write.gone:
            del found[write.key]
    return found


def tidy(values: Whole) -> Whole:
    """Without what is empty."""
    full = {k: {f: v for f, v in fields.items() if v} for k, fields in values.items()}
    return {key: fields for key, fields in full.items() if fields}


@CASES
@given(base=all_of(PARTS), now=all_of(PARTS))
def test_an_untouched_sheet_never_changes_the_site(base: Whole, now: Whole) -> None:
    merged = merge(held(base), base, held(now, 2))
    assert merged.writes() == ()
    assert merged.of(Standing.FILE, Standing.CONFLICT, Standing.BOTH) == ()


@CASES
@given(base=all_of(PARTS), filled=all_of(PARTS))
def test_on_an_untouched_site_the_sheet_is_taken_as_it_is(base: Whole, filled: Whole) -> None:
    merged = merge(held(base), filled, held(base))
    assert merged.of(Standing.SITE, Standing.CONFLICT, Standing.BOTH) == ()
    assert after(merged, base) == filled


@CASES
@given(base=all_of(PARTS), filled=all_of(PARTS))
def test_what_both_made_alike_is_written_by_nobody(base: Whole, filled: Whole) -> None:
    merged = merge(held(base), filled, held(filled, 2))
    assert merged.writes() == ()
    assert merged.of(Standing.FILE, Standing.CONFLICT, Standing.SITE) == ()


@CASES
@given(base=all_of(PARTS), filled=all_of(PARTS), now=all_of(PARTS))
def test_a_conflict_is_where_both_differ_from_the_base_and_from_each_other(
    base: Whole, filled: Whole, now: Whole
) -> None:
    merged = merge(held(base), filled, held(now))
    conflicts = {(change.key, change.field) for change in merged.of(Standing.CONFLICT)}
    assert conflicts == {
        (key, field)
        for key in PARTS
        for field in FIELDS
        if len({base[key][field], filled[key][field], now[key][field]}) == 3
    }


@CASES
@given(
    base=all_of(PARTS),
    filled=all_of(PARTS),
    now=all_of(PARTS),
    sides=st.lists(st.sampled_from(["file", "site"]), min_size=6, max_size=6),
)
def test_no_change_of_either_side_is_lost(
    base: Whole, filled: Whole, now: Whole, sides: list[Side]
) -> None:
    merged = merge(held(base), filled, held(now))
    slots = [(key, field) for key in PARTS for field in FIELDS]
    choices = dict(zip(slots, sides, strict=True))
    found = after(merged, now, choices)
    for key, field in slots:
        b, f, n = (whole[key][field] for whole in (base, filled, now))
        wanted = n if f == b else f if n == b or choices[key, field] == "file" else n
        assert found[key][field] == wanted


@CASES
@given(base=some_of(ENTRIES), filled=some_of(ENTRIES), now=some_of(ENTRIES))
def test_an_entry_comes_and_goes_as_a_whole(base: Whole, filled: Whole, now: Whole) -> None:
    base, filled, now = tidy(base), tidy(filled), tidy(now)
    empty = dict.fromkeys(FIELDS, "")
    emptied = {key: {**empty, **filled.get(key, {})} for key in {*base, *filled}}
    merged = merge(held(base), emptied, held(now))
    for side in ("file", "site"):
        choices: dict[Slot, Side] = {
            (change.key, change.field): side for change in merged.of(Standing.CONFLICT)
        }
        found = tidy(after(merged, now, choices))
        for key in ENTRIES:
            b, f, n = base.get(key, {}), filled.get(key, {}), now.get(key, {})
            if b and bool(f) != bool(n) and (f or n) != b:
                assert found.get(key, {}) == (f if side == "file" else n)


@CASES
@given(base=all_of(PARTS), filled=all_of(PARTS), now=all_of(PARTS))
def test_what_is_written_is_tied_to_the_version_that_was_looked_at(
    base: Whole, filled: Whole, now: Whole
) -> None:
    merged = merge(held(base, 1), filled, held(now, 8))
    choices: dict[Slot, Side] = {(c.key, c.field): "file" for c in merged.changes}
    assert {write.version for write in merged.writes(choices)} <= {8}


def test_a_conflict_must_be_decided() -> None:
    key = ("part", "A")
    merged = merge(held({key: {"s": "1"}}), {key: {"s": "2"}}, held({key: {"s": "3"}}))
    with pytest.raises(Undecided) as caught:
        merged.writes()
    assert caught.value.slots == ((key, "s"),)
    assert str(caught.value) == "还有 1 处两边改得不同，没有选定以哪边为准；请逐条选定"
    (write,) = merged.writes({(key, "s"): "file"})
    assert dict(write.values) == {"s": "2"}
    assert merged.writes({(key, "s"): "site"}) == ()


def test_a_removed_entry_is_not_torn_apart() -> None:
    key = ("entry", "1")
    base: Whole = {key: {"name": "奖", "level": "省级"}}
    now: Whole = {key: {"name": "奖", "level": "市级"}}
    merged = merge(held(base), {key: {"name": "", "level": ""}}, held(now, 2))
    assert {c.field for c in merged.of(Standing.CONFLICT)} == {"name", "level"}
    with pytest.raises(Undecided):
        merged.writes({(key, "name"): "file", (key, "level"): "site"})
    (write,) = merged.writes({(key, "name"): "file", (key, "level"): "file"})
    assert (write.gone, write.new, write.version) == (True, False, 2)
    assert merged.writes({(key, "name"): "site", (key, "level"): "site"}) == ()


def test_an_entry_that_the_site_removed_comes_back_only_by_choice() -> None:
    key = ("entry", "1")
    base: Whole = {key: {"name": "奖", "level": "省级"}}
    merged = merge(held(base), {key: {"name": "奖", "level": "国家级"}}, {})
    choices: dict[Slot, Side] = {(key, "name"): "file", (key, "level"): "file"}
    (write,) = merged.writes(choices)
    assert (write.new, dict(write.values)) == (True, {"name": "奖", "level": "国家级"})


def test_a_new_entry_that_is_there_already_is_not_entered_twice() -> None:
    new, there = ("entry", "+1"), ("entry", "9")
    filled: Whole = {new: {"name": "奖", "level": "省级"}}
    base = held({new: {"name": "", "level": ""}}, 0)
    now = held({there: {"name": "奖", "level": "省级"}})
    assert merge(base, filled, now).writes() == ()
    (write,) = merge(base, filled, {}).writes()
    assert (write.key, write.new, write.version) == (new, True, 0)


def test_a_field_that_could_not_be_read_counts_as_unchanged() -> None:
    key = ("part", "A")
    merged = merge(held({key: {"s": "1", "r": "x"}}), {key: {"r": "y"}}, held({key: {"s": "5"}}))
    assert {c.field: c.standing for c in merged.changes}["s"] is Standing.SITE
