"""The tables as they first were (made by makemigrations)."""

import django.db.models.deletion
from django.db import migrations, models

import kaohe_web.numbers


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("cycles", "0001_initial"),
        ("filing", "0001_initial"),
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Draw",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("seed", models.CharField(max_length=200, verbose_name="随机种子")),
                ("candidates", models.TextField(verbose_name="候选名单（每行一个）")),
                ("many", models.PositiveIntegerField(verbose_name="抽取个数")),
                ("drawn", models.TextField(verbose_name="抽中（每行一个）")),
                ("note", models.TextField(blank=True, verbose_name="说明")),
                ("by", models.CharField(max_length=200, verbose_name="抽取人")),
                ("at", models.DateTimeField(verbose_name="时间")),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="draws",
                        to="cycles.cycle",
                    ),
                ),
            ],
            options={
                "ordering": ("-at", "-id"),
            },
        ),
        migrations.CreateModel(
            name="Visit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on_day", models.DateField(blank=True, null=True, verbose_name="日期")),
                ("team", models.TextField(blank=True, verbose_name="核查组")),
                ("reason", models.TextField(blank=True, verbose_name="指定核查的理由")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="结束时间")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "assessed",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="visits",
                        to="cycles.assessedunit",
                    ),
                ),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="visits",
                        to="cycles.cycle",
                    ),
                ),
                (
                    "draw",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visits",
                        to="review.draw",
                    ),
                ),
            ],
            options={
                "ordering": ("assessed__position", "id"),
            },
        ),
        migrations.CreateModel(
            name="Finding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("part", models.CharField(max_length=40, verbose_name="条目")),
                ("text", models.TextField(verbose_name="发现")),
                ("name", models.CharField(blank=True, max_length=255, verbose_name="附件名")),
                ("by", models.CharField(max_length=200, verbose_name="记录人")),
                ("at", models.DateTimeField(verbose_name="时间")),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="findings",
                        to="cycles.cycle",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="filing.storedfile",
                    ),
                ),
                (
                    "visit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="findings",
                        to="review.visit",
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="Assignment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("part", models.CharField(max_length=40, verbose_name="条目")),
                ("turn", models.PositiveSmallIntegerField(default=1, verbose_name="第几人")),
                ("order", models.PositiveIntegerField(default=0)),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "待评"), ("given", "已评")],
                        default="open",
                        max_length=8,
                        verbose_name="状态",
                    ),
                ),
                (
                    "score",
                    kaohe_web.numbers.NumberField(
                        blank=True, max_length=40, null=True, verbose_name="得分"
                    ),
                ),
                ("reason", models.TextField(blank=True, verbose_name="理由")),
                ("given_at", models.DateTimeField(blank=True, null=True, verbose_name="评分时间")),
                ("filed_version", models.PositiveIntegerField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "assessed",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="assignments",
                        to="cycles.assessedunit",
                    ),
                ),
                (
                    "assessor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to="people.post",
                    ),
                ),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="assignments",
                        to="cycles.cycle",
                    ),
                ),
            ],
            options={
                "ordering": ("order", "id"),
                "constraints": [
                    models.UniqueConstraint(fields=("assessed", "part", "turn"), name="turn_once"),
                    models.UniqueConstraint(
                        fields=("assessed", "part", "assessor"), name="marks_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "open"), ("score__isnull", False), _connector="OR"
                        ),
                        name="mark_has_score",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Conference",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("part", models.CharField(max_length=40, verbose_name="条目")),
                ("called_by", models.CharField(max_length=200, verbose_name="召集人")),
                ("called_at", models.DateTimeField(verbose_name="召集时间")),
                ("attendees", models.TextField(blank=True, verbose_name="参加人")),
                ("minutes", models.TextField(blank=True, verbose_name="纪要")),
                (
                    "score",
                    kaohe_web.numbers.NumberField(
                        blank=True, max_length=40, null=True, verbose_name="决定得分"
                    ),
                ),
                ("reason", models.TextField(blank=True, verbose_name="决定理由")),
                ("held_at", models.DateTimeField(blank=True, null=True, verbose_name="结束时间")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "assessed",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="conferences",
                        to="cycles.assessedunit",
                    ),
                ),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="conferences",
                        to="cycles.cycle",
                    ),
                ),
            ],
            options={
                "ordering": ("-called_at", "-id"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("held_at__isnull", True)),
                        fields=("assessed", "part"),
                        name="conference_one_called",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("held_at__isnull", True), ("score__isnull", False), _connector="OR"
                        ),
                        name="conference_decides",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Judgement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("part", models.CharField(max_length=40, verbose_name="条目")),
                ("score", kaohe_web.numbers.NumberField(max_length=40, verbose_name="得分")),
                ("reason", models.TextField(verbose_name="理由")),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("single", "一人评分"),
                            ("mean", "两人平均"),
                            ("third", "第三人评分"),
                            ("conference", "会商"),
                            ("visit", "实地核查"),
                            ("appeal", "申诉决定"),
                        ],
                        max_length=12,
                        verbose_name="方式",
                    ),
                ),
                ("by", models.CharField(max_length=300, verbose_name="评定人")),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "assessed",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="judgements",
                        to="cycles.assessedunit",
                    ),
                ),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="judgements",
                        to="cycles.cycle",
                    ),
                ),
            ],
            options={
                "ordering": ("assessed", "id"),
                "constraints": [
                    models.UniqueConstraint(fields=("assessed", "part"), name="judgement_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Recusal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.TextField(verbose_name="理由")),
                ("by", models.CharField(max_length=200, verbose_name="提出人")),
                ("at", models.DateTimeField(verbose_name="时间")),
                (
                    "assessed",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="recusals",
                        to="cycles.assessedunit",
                    ),
                ),
                (
                    "assessor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recusals",
                        to="people.post",
                    ),
                ),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="recusals",
                        to="cycles.cycle",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("assessor", "assessed"), name="recused_once")
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.UniqueConstraint(fields=("cycle", "assessed"), name="visit_once"),
        ),
    ]
