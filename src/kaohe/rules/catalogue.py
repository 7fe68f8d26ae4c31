"""Every rule type by the name a rubric calls it; adding a type begins here."""

from kaohe.rules.attained import Attained
from kaohe.rules.banded import Banded
from kaohe.rules.base import Rule
from kaohe.rules.binary import Binary
from kaohe.rules.composite import Composite
from kaohe.rules.converted import Converted
from kaohe.rules.counted import Counted
from kaohe.rules.judged import Judged
from kaohe.rules.levels import Levels
from kaohe.rules.proportional import Proportional
from kaohe.rules.ranked import Ranked
from kaohe.rules.relative import Relative
from kaohe.rules.stepped import Stepped
from kaohe.rules.trend import Trend

RULES: dict[str, type[Rule]] = {
    rule.type: rule
    for rule in (
        Banded,
        Stepped,
        Attained,
        Proportional,
        Relative,
        Ranked,
        Converted,
        Composite,
        Trend,
        Counted,
        Levels,
        Judged,
        Binary,
    )
}
