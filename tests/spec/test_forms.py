"""Every form of scoring rule that was found in print has an example here that scores."""

from spec.modules import cases_of, forms_of, spec_modules


def test_every_form_of_scoring_rule_has_an_example() -> None:
    shown = {
        form for module in spec_modules().values() for t in cases_of(module) for form in forms_of(t)
    }

    assert shown == {f"R{number}" for number in range(1, 25)}
