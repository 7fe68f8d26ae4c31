"""The tables as they first were (made by makemigrations)."""

import django.db.models.deletion
from django.db import migrations, models

import kaohe_web.numbers


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("cycles", "0001_initial"),
        ("rubrics", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="DecidedVeto",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("veto", models.CharField(max_length=40, verbose_name="否决项")),
                (
                    "authority",
                    models.CharField(blank=True, max_length=200, verbose_name="认定机关"),
                ),
                ("document", models.CharField(blank=True, max_length=200, verbose_name="认定文号")),
                ("case_id", models.PositiveBigIntegerField(unique=True, verbose_name="案卷")),
                (
                    "assessed",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decided_vetoes",
                        to="cycles.assessedunit",
                    ),
                ),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decided_vetoes",
                        to="cycles.cycle",
                    ),
                ),
            ],
            options={
                "ordering": ("assessed", "id"),
            },
        ),
        migrations.CreateModel(
            name="ScoringRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="次数")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("provisional", "初步结果"),
                            ("announced", "公示中"),
                            ("approved", "已批准"),
                            ("final", "最终结果"),
                            ("superseded", "已被取代"),
                        ],
                        default="provisional",
                        max_length=12,
                        verbose_name="状态",
                    ),
                ),
                ("readings", models.TextField(verbose_name="口径（JSON）")),
                ("inputs", models.TextField(verbose_name="计分数据（JSON）")),
                ("result", models.TextField(verbose_name="结果（JSON）")),
                ("digest", models.CharField(max_length=80, verbose_name="校验值")),
                ("reason", models.TextField(verbose_name="原因")),
                ("made_by", models.CharField(max_length=200, verbose_name="计算人")),
                ("made_at", models.DateTimeField(verbose_name="计算时间")),
                (
                    "announced_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="公示时间"),
                ),
                (
                    "objections_until",
                    models.DateField(blank=True, null=True, verbose_name="异议截止"),
                ),
                ("open_reason", models.TextField(blank=True, verbose_name="得分未定仍公示的理由")),
                (
                    "approved_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="批准时间"),
                ),
                (
                    "approved_by",
                    models.CharField(blank=True, max_length=200, verbose_name="批准人"),
                ),
                ("final_at", models.DateTimeField(blank=True, null=True, verbose_name="定稿时间")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="runs",
                        to="cycles.cycle",
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="rubrics.rubricedition"
                    ),
                ),
                (
                    "supersedes",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="superseded_by",
                        to="results.scoringrun",
                    ),
                ),
            ],
            options={
                "ordering": ("-cycle__first_day", "-number"),
            },
        ),
        migrations.CreateModel(
            name="Objection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField(verbose_name="异议")),
                ("by", models.CharField(max_length=200, verbose_name="提出人")),
                ("at", models.DateTimeField(verbose_name="提出时间")),
                ("answer", models.TextField(blank=True, verbose_name="答复")),
                (
                    "answered_by",
                    models.CharField(blank=True, max_length=200, verbose_name="答复人"),
                ),
                (
                    "answered_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="答复时间"),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "assessed",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="objections",
                        to="cycles.assessedunit",
                    ),
                ),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="objections",
                        to="cycles.cycle",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="objections",
                        to="results.scoringrun",
                    ),
                ),
            ],
            options={
                "ordering": ("-at", "-id"),
            },
        ),
        migrations.CreateModel(
            name="UnitResult",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "total",
                    kaohe_web.numbers.NumberField(
                        blank=True, max_length=40, null=True, verbose_name="总分"
                    ),
                ),
                ("low", kaohe_web.numbers.NumberField(max_length=40, verbose_name="最低")),
                ("high", kaohe_web.numbers.NumberField(max_length=40, verbose_name="最高")),
                ("grade", models.CharField(blank=True, max_length=20, verbose_name="等级")),
                ("rank", models.PositiveIntegerField(blank=True, null=True, verbose_name="名次")),
                ("detail", models.TextField(verbose_name="得分明细（JSON）")),
                (
                    "assessed",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="results",
                        to="cycles.assessedunit",
                    ),
                ),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="unit_results",
                        to="cycles.cycle",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="units",
                        to="results.scoringrun",
                    ),
                ),
            ],
            options={
                "ordering": ("assessed__position", "id"),
            },
        ),
        migrations.AddConstraint(
            model_name="scoringrun",
            constraint=models.UniqueConstraint(fields=("cycle", "number"), name="run_number_once"),
        ),
        migrations.AddConstraint(
            model_name="unitresult",
            constraint=models.UniqueConstraint(fields=("run", "assessed"), name="unit_result_once"),
        ),
    ]
