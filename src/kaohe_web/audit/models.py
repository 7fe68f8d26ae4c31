"""One row for everything that was done or refused; rows are only ever added."""

from typing import Any, NoReturn

from django.db import models
from django.utils.translation import gettext_lazy as _

from kaohe.errors import KaoheError


class AppendOnly(KaoheError):  # noqa: N818 -- it says what the trail is
    """Somebody tried to change or delete an entry of the trail."""


class Entries(models.QuerySet["Entry"]):
    """Entries to read; nothing that would rewrite them."""

    def update(self, **_: Any) -> NoReturn:  # noqa: ANN401 -- Django's own signature
        """Refused."""
        raise AppendOnly("操作留痕只能追加，不能修改")

    def delete(self) -> NoReturn:
        """Refused."""
        raise AppendOnly("操作留痕只能追加，不能删除")


class Outcome(models.TextChoices):
    """How it went."""

    DONE = "done", _("成功")
    REFUSED = "refused", _("拒绝")


class Entry(models.Model):
    """One entry (操作留痕): who, in which post, from where, what, to what, how it went, why.

    Plain text without foreign keys, so that the trail never stands in the way of the data nor
    changes with it. ``hash`` is over the entry and ``previous``, the hash before it.
    """

    seq = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField(db_index=True)
    login = models.CharField(max_length=150, blank=True, db_index=True)
    name = models.CharField(max_length=200, blank=True)
    post = models.CharField(max_length=300, blank=True)
    address = models.CharField(max_length=64, blank=True)
    request = models.CharField(max_length=64, blank=True)
    what = models.CharField(max_length=60, db_index=True)
    outcome = models.CharField(max_length=8, choices=Outcome)
    object_type = models.CharField(max_length=60, blank=True)
    object_id = models.CharField(max_length=64, blank=True)
    object_name = models.CharField(max_length=300, blank=True)
    cycle = models.CharField(max_length=20, blank=True, db_index=True)
    reason = models.TextField(blank=True)
    details = models.TextField(blank=True)
    previous = models.CharField(max_length=80)
    hash = models.CharField(max_length=80)

    objects = Entries.as_manager()

    class Meta:
        """In the order in which things happened."""

        ordering = ("seq",)
        indexes = (models.Index(fields=["object_type", "object_id"], name="audit_object"),)

    def __str__(self) -> str:
        return f"{self.seq} {self.what}"
