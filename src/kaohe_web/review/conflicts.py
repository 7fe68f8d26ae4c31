"""Who must not judge whom (回避): one's own unit, and whatever one is recused from."""

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext as _

from kaohe_web.cycles.models import AssessedUnit, Cycle
from kaohe_web.errors import WrongState
from kaohe_web.people.models import Post
from kaohe_web.review.models import Recusal


class Conflicts:
    """The conflicts of some assessors in one year, read once.

    A person's own unit is that of any post that they held since the year began, not only of the one
    in which they judge.
    """

    def __init__(self, cycle: Cycle, assessors: Iterable[Post]) -> None:
        posts = list(assessors)
        users = {post.user_id for post in posts}
        own: dict[int, set[int]] = {user: set() for user in users}
        for post in Post.objects.filter(user__in=users).select_related("department"):
            unit = post.department.unit_id if post.department else post.unit_id
            if unit is not None and not over_before(post, cycle.first_day):
                own[post.user_id].add(unit)
        self._own = own
        self._recused = set(
            Recusal.objects.filter(cycle=cycle).values_list("assessor_id", "assessed_id")
        )

    def is_recused(self, assessor: Post, assessed: AssessedUnit) -> bool:
        """Whether they are recused from the unit."""
        return (assessor.pk, assessed.pk) in self._recused

    def is_own(self, assessor: Post, assessed: AssessedUnit) -> bool:
        """Whether it is their own unit."""
        return assessed.unit_id in self._own[assessor.user_id]

    def why(self, assessor: Post, assessed: AssessedUnit) -> str:
        """Why they must not judge the unit; empty if they may."""
        words = {"name": assessor.user.name, "unit": assessed.unit.name}
        if self.is_own(assessor, assessed):
            return _("%(name)s在%(unit)s任职，不能评审本单位；请改派他人") % words
        if self.is_recused(assessor, assessed):
            return _("%(name)s对%(unit)s已回避；请改派他人") % words
        return ""

    def require_none(self, assessor: Post, assessed: AssessedUnit) -> None:
        """:raises WrongState: if they must not judge the unit."""
        if why := self.why(assessor, assessed):
            raise WrongState(why)


def over_before(post: Post, day: dt.date) -> bool:
    """Whether a post ended before a day."""
    return post.last_day is not None and post.last_day < day
