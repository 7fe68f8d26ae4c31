"""The tables as they first were (made by makemigrations)."""

import django.db.models.deletion
from django.db import migrations, models

import kaohe_web.numbers


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0001_initial"),
        ("rubrics", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Cycle",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100, unique=True, verbose_name="名称")),
                (
                    "scope",
                    models.CharField(
                        choices=[("city", "全市考核各区县"), ("district", "一个区县自用")],
                        default="city",
                        max_length=10,
                        verbose_name="范围",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("setup", "筹备中"), ("open", "进行中"), ("archived", "已归档")],
                        default="setup",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("first_day", models.DateField(verbose_name="考核年度首日")),
                ("last_day", models.DateField(verbose_name="考核年度末日")),
                (
                    "threshold",
                    kaohe_web.numbers.NumberField(
                        default="20",
                        max_length=40,
                        verbose_name="两人评分的分歧界限（占分值的百分之几）",
                    ),
                ),
                (
                    "appeal_days",
                    models.PositiveIntegerField(default=5, verbose_name="申诉期（天）"),
                ),
                (
                    "objection_days",
                    models.PositiveIntegerField(default=5, verbose_name="公示期（天）"),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("made_at", models.DateTimeField()),
                ("archived_at", models.DateTimeField(blank=True, null=True)),
                (
                    "before",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="cycles.cycle",
                        verbose_name="上一年度",
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="rubrics.rubricedition",
                        verbose_name="评分细则",
                    ),
                ),
            ],
            options={
                "ordering": ("-first_day", "-id"),
            },
        ),
        migrations.CreateModel(
            name="AssessedUnit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("type", models.CharField(blank=True, max_length=60, verbose_name="类别")),
                ("group", models.CharField(max_length=60, verbose_name="参评范围")),
                ("position", models.PositiveIntegerField(default=0, verbose_name="排序")),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="years",
                        to="people.unit",
                        verbose_name="单位",
                    ),
                ),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="units",
                        to="cycles.cycle",
                    ),
                ),
            ],
            options={
                "ordering": ("position", "unit__position", "id"),
            },
        ),
        migrations.CreateModel(
            name="Duty",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("part", models.CharField(max_length=40, verbose_name="条目")),
                (
                    "kind",
                    models.CharField(
                        choices=[("lead", "牵头"), ("supporting", "配合")],
                        default="lead",
                        max_length=12,
                        verbose_name="方式",
                    ),
                ),
                (
                    "assessed",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="duties",
                        to="cycles.assessedunit",
                    ),
                ),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="duties",
                        to="cycles.cycle",
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="duties",
                        to="people.department",
                        verbose_name="部门",
                    ),
                ),
            ],
            options={
                "ordering": ("assessed", "part", "kind", "id"),
            },
        ),
        migrations.CreateModel(
            name="Exemption",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("part", models.CharField(max_length=40, verbose_name="条目")),
                ("reason", models.TextField(verbose_name="理由")),
                ("by", models.CharField(max_length=200, verbose_name="批准人")),
                ("at", models.DateTimeField(verbose_name="时间")),
                (
                    "assessed",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="exemptions",
                        to="cycles.assessedunit",
                    ),
                ),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="exemptions",
                        to="cycles.cycle",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="InternalDeadline",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("last_day", models.DateField(verbose_name="内部截止")),
                (
                    "assessed",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deadlines",
                        to="cycles.assessedunit",
                    ),
                ),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deadlines",
                        to="cycles.cycle",
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="people.department",
                        verbose_name="部门",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="MarkingPlan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("part", models.CharField(max_length=40, verbose_name="条目")),
                ("marks", models.PositiveSmallIntegerField(default=1, verbose_name="几人独立评分")),
                ("phrases", models.TextField(blank=True, verbose_name="常用理由（每行一条）")),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="marking",
                        to="cycles.cycle",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ProvidedIndicator",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("indicator", models.CharField(max_length=80, verbose_name="指标")),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="provided",
                        to="cycles.cycle",
                    ),
                ),
                (
                    "provider",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="indicators",
                        to="people.provider",
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="ReferenceValue",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("group", models.CharField(max_length=60, verbose_name="参评范围")),
                ("indicator", models.CharField(max_length=80, verbose_name="指标")),
                ("mean", models.CharField(blank=True, max_length=40, verbose_name="名称")),
                ("value", kaohe_web.numbers.NumberField(max_length=40, verbose_name="数值")),
                ("document", models.CharField(blank=True, max_length=300, verbose_name="依据")),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="references",
                        to="cycles.cycle",
                    ),
                ),
            ],
            options={
                "ordering": ("group", "indicator", "mean"),
            },
        ),
        migrations.CreateModel(
            name="SettledReading",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reading", models.CharField(max_length=60, verbose_name="口径")),
                ("choice", models.CharField(max_length=60, verbose_name="选择")),
                ("why", models.TextField(verbose_name="理由")),
                ("signer", models.CharField(max_length=100, verbose_name="签署人")),
                ("document", models.CharField(blank=True, max_length=100, verbose_name="文号")),
                ("at", models.DateTimeField(verbose_name="时间")),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="readings",
                        to="cycles.cycle",
                    ),
                ),
            ],
            options={
                "ordering": ("reading",),
            },
        ),
        migrations.CreateModel(
            name="Stage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("targets", "目标备案"),
                            ("filing", "自我评价"),
                            ("review", "文审初评"),
                            ("visits", "实地核查"),
                            ("results", "结果公示"),
                            ("appeals", "申诉"),
                            ("rectification", "整改"),
                        ],
                        max_length=20,
                        verbose_name="环节",
                    ),
                ),
                ("first_day", models.DateField(verbose_name="开始")),
                ("last_day", models.DateField(verbose_name="截止")),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="stages",
                        to="cycles.cycle",
                    ),
                ),
            ],
            options={
                "ordering": ("first_day", "last_day", "id"),
            },
        ),
        migrations.CreateModel(
            name="StageException",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("last_day", models.DateField(verbose_name="延至")),
                ("reason", models.TextField(verbose_name="理由")),
                ("by", models.CharField(max_length=200, verbose_name="批准人")),
                ("at", models.DateTimeField(verbose_name="时间")),
                (
                    "withdrawn_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="撤销时间"),
                ),
                ("withdrawn_why", models.TextField(blank=True, verbose_name="撤销理由")),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="stage_exceptions",
                        to="cycles.cycle",
                    ),
                ),
                (
                    "stage",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="exceptions",
                        to="cycles.stage",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="people.unit",
                        verbose_name="单位（空为全部）",
                    ),
                ),
            ],
            options={
                "ordering": ("-at", "-id"),
            },
        ),
        migrations.CreateModel(
            name="Target",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("indicator", models.CharField(max_length=80, verbose_name="指标")),
                (
                    "value",
                    kaohe_web.numbers.NumberField(
                        blank=True, max_length=40, null=True, verbose_name="目标值"
                    ),
                ),
                ("basis", models.CharField(blank=True, max_length=300, verbose_name="依据")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "未报"),
                            ("filed", "已报备"),
                            ("returned", "已退回"),
                            ("confirmed", "已确认"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="退回理由")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "assessed",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="targets",
                        to="cycles.assessedunit",
                    ),
                ),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="targets",
                        to="cycles.cycle",
                    ),
                ),
            ],
            options={
                "ordering": ("assessed", "indicator"),
            },
        ),
        migrations.AddConstraint(
            model_name="cycle",
            constraint=models.CheckConstraint(
                condition=models.Q(("first_day__lte", models.F("last_day"))), name="year_has_days"
            ),
        ),
        migrations.AddConstraint(
            model_name="assessedunit",
            constraint=models.UniqueConstraint(
                fields=("cycle", "unit"), name="unit_once_per_cycle"
            ),
        ),
        migrations.AddConstraint(
            model_name="duty",
            constraint=models.UniqueConstraint(
                fields=("assessed", "part", "department"), name="duty_once_per_department"
            ),
        ),
        migrations.AddConstraint(
            model_name="duty",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "lead")),
                fields=("assessed", "part"),
                name="duty_one_lead",
            ),
        ),
        migrations.AddConstraint(
            model_name="exemption",
            constraint=models.UniqueConstraint(fields=("assessed", "part"), name="exempt_once"),
        ),
        migrations.AddConstraint(
            model_name="internaldeadline",
            constraint=models.UniqueConstraint(
                fields=("assessed", "department"), name="deadline_once_per_department"
            ),
        ),
        migrations.AddConstraint(
            model_name="markingplan",
            constraint=models.UniqueConstraint(fields=("cycle", "part"), name="marking_once"),
        ),
        migrations.AddConstraint(
            model_name="markingplan",
            constraint=models.CheckConstraint(
                condition=models.Q(("marks__in", [1, 2])), name="one_or_two_marks"
            ),
        ),
        migrations.AddConstraint(
            model_name="providedindicator",
            constraint=models.UniqueConstraint(fields=("cycle", "indicator"), name="provided_once"),
        ),
        migrations.AddConstraint(
            model_name="referencevalue",
            constraint=models.UniqueConstraint(
                fields=("cycle", "group", "indicator", "mean"), name="reference_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="settledreading",
            constraint=models.UniqueConstraint(
                fields=("cycle", "reading"), name="reading_settled_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="stage",
            constraint=models.UniqueConstraint(
                fields=("cycle", "kind"), name="stage_once_per_cycle"
            ),
        ),
        migrations.AddConstraint(
            model_name="stage",
            constraint=models.CheckConstraint(
                condition=models.Q(("first_day__lte", models.F("last_day"))), name="stage_has_days"
            ),
        ),
        migrations.AddConstraint(
            model_name="target",
            constraint=models.UniqueConstraint(
                fields=("assessed", "indicator"), name="target_once"
            ),
        ),
    ]
