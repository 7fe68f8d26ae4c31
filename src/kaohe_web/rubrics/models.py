"""Adopted editions of rubrics: the canonical text, found by its fingerprint, never changed."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RubricEdition(models.Model):
    """One frozen text of a rubric (版次)."""

    fingerprint = models.CharField(_("指纹"), max_length=80, unique=True)
    rubric = models.CharField(_("细则编号"), max_length=100)
    title = models.CharField(_("名称"), max_length=200)
    period = models.CharField(_("年度"), max_length=50, blank=True)
    text = models.TextField(_("规范文本"))
    source = models.CharField(_("来源"), max_length=200)
    adopted_at = models.DateTimeField(_("采用时间"))
    adopted_by = models.CharField(_("采用人"), max_length=200)
    note = models.TextField(_("说明"), blank=True)

    class Meta:
        """The latest first."""

        ordering = ("-adopted_at", "-id")

    def __str__(self) -> str:
        return f"{self.title}（{self.fingerprint[7:15]}）"


class AcceptedFinding(models.Model):
    """An error that lint found and no reading settles, let stand on purpose (保留的问题)."""

    edition = models.ForeignKey(RubricEdition, models.CASCADE, related_name="accepted")
    code = models.CharField(_("检查"), max_length=10)
    place = models.CharField(_("位置"), max_length=100)
    message = models.TextField(_("问题"))
    reason = models.TextField(_("保留的理由"))

    class Meta:
        """In the order of the document."""

        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.code} {self.place}"
