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
        ("results", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Appeal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("part", models.CharField(max_length=40, verbose_name="条目")),
                ("grounds", models.TextField(verbose_name="理由")),
                (
                    "wants",
                    kaohe_web.numbers.NumberField(
                        blank=True, max_length=40, null=True, verbose_name="请求得分"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("lodged", "已提出"),
                            ("taken", "已受理"),
                            ("reviewed", "已复核"),
                            ("upheld", "采纳"),
                            ("dismissed", "驳回"),
                            ("withdrawn", "已撤回"),
                        ],
                        default="lodged",
                        max_length=12,
                        verbose_name="状态",
                    ),
                ),
                ("lodged_at", models.DateTimeField(verbose_name="提出时间")),
                ("due_on", models.DateField(verbose_name="办结期限")),
                (
                    "proposed_score",
                    kaohe_web.numbers.NumberField(
                        blank=True, max_length=40, null=True, verbose_name="建议得分"
                    ),
                ),
                (
                    "proposed_value",
                    kaohe_web.numbers.NumberField(
                        blank=True, max_length=40, null=True, verbose_name="建议指标值"
                    ),
                ),
                (
                    "indicator",
                    models.CharField(blank=True, max_length=80, verbose_name="更正的指标"),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("raised", "调高"), ("lowered", "调低"), ("stands", "维持")],
                        max_length=8,
                        verbose_name="结果",
                    ),
                ),
                (
                    "decided_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="决定时间"),
                ),
                (
                    "score_before",
                    kaohe_web.numbers.NumberField(
                        blank=True, max_length=40, null=True, verbose_name="原得分"
                    ),
                ),
                (
                    "score_after",
                    kaohe_web.numbers.NumberField(
                        blank=True, max_length=40, null=True, verbose_name="现得分"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "assessed",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appeals",
                        to="cycles.assessedunit",
                    ),
                ),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appeals",
                        to="cycles.cycle",
                    ),
                ),
                (
                    "reviewer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appeals",
                        to="people.post",
                        verbose_name="复核人",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appeals",
                        to="results.scoringrun",
                    ),
                ),
            ],
            options={
                "verbose_name": "申诉",
                "ordering": ("-lodged_at", "-id"),
            },
        ),
        migrations.CreateModel(
            name="Rectification",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("part", models.CharField(max_length=40, verbose_name="条目")),
                ("lost", kaohe_web.numbers.NumberField(max_length=40, verbose_name="失分")),
                ("demand", models.TextField(verbose_name="整改要求")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("ordered", "已下达"),
                            ("planned", "整改中"),
                            ("reported", "待检查"),
                            ("closed", "已销号"),
                        ],
                        default="ordered",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("due_on", models.DateField(verbose_name="期限")),
                ("plan", models.TextField(blank=True, verbose_name="整改方案")),
                ("ordered_at", models.DateTimeField(verbose_name="下达时间")),
                (
                    "reported_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="报告时间"),
                ),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="销号时间")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "assessed",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rectifications",
                        to="cycles.assessedunit",
                    ),
                ),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rectifications",
                        to="cycles.cycle",
                    ),
                ),
                (
                    "result",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rectifications",
                        to="results.unitresult",
                    ),
                ),
            ],
            options={
                "verbose_name": "整改",
                "ordering": ("due_on", "id"),
            },
        ),
        migrations.CreateModel(
            name="Step",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("veto.opened", "立案"),
                            ("veto.determined", "认定"),
                            ("veto.notified", "告知单位"),
                            ("veto.answered", "陈述申辩"),
                            ("veto.decided", "决定否决"),
                            ("veto.dismissed", "不予否决"),
                            ("veto.lifted", "解除否决"),
                            ("appeal.lodged", "提出申诉"),
                            ("appeal.taken", "受理"),
                            ("appeal.reviewed", "复核"),
                            ("appeal.upheld", "采纳"),
                            ("appeal.dismissed", "驳回"),
                            ("appeal.withdrawn", "撤回"),
                            ("rectification.ordered", "下达整改"),
                            ("rectification.planned", "制定整改方案"),
                            ("rectification.reported", "报告整改情况"),
                            ("rectification.returned", "退回整改"),
                            ("rectification.closed", "销号"),
                        ],
                        max_length=24,
                        verbose_name="步骤",
                    ),
                ),
                ("text", models.TextField(blank=True, verbose_name="内容")),
                ("document", models.CharField(blank=True, max_length=200, verbose_name="文号")),
                ("by", models.CharField(max_length=200, verbose_name="办理人")),
                ("at", models.DateTimeField(verbose_name="时间")),
                (
                    "appeal",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="followup.appeal",
                    ),
                ),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cycles.cycle",
                    ),
                ),
                (
                    "rectification",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="followup.rectification",
                    ),
                ),
            ],
            options={
                "verbose_name": "办理步骤",
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="StepPaper",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=255, verbose_name="文件名")),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cycles.cycle",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="filing.storedfile",
                    ),
                ),
                (
                    "step",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers",
                        to="followup.step",
                    ),
                ),
            ],
            options={
                "verbose_name": "附件",
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="VetoCase",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("veto", models.CharField(max_length=40, verbose_name="否决项")),
                ("event", models.TextField(verbose_name="事件")),
                ("on_day", models.DateField(verbose_name="发生日期")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("opened", "已立案"),
                            ("determined", "已认定"),
                            ("notified", "已告知"),
                            ("answered", "已陈述"),
                            ("decided", "决定否决"),
                            ("dismissed", "不予否决"),
                            ("lifted", "已解除"),
                        ],
                        default="opened",
                        max_length=12,
                        verbose_name="状态",
                    ),
                ),
                (
                    "authority",
                    models.CharField(blank=True, max_length=200, verbose_name="认定机关"),
                ),
                ("document", models.CharField(blank=True, max_length=200, verbose_name="认定文号")),
                ("answers", models.TextField(blank=True, verbose_name="认定要件")),
                (
                    "answer_until",
                    models.DateField(blank=True, null=True, verbose_name="陈述申辩截止"),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "assessed",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="veto_cases",
                        to="cycles.assessedunit",
                    ),
                ),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="veto_cases",
                        to="cycles.cycle",
                    ),
                ),
            ],
            options={
                "verbose_name": "一票否决事项",
                "ordering": ("-id",),
            },
        ),
        migrations.AddField(
            model_name="step",
            name="case",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="steps",
                to="followup.vetocase",
            ),
        ),
        migrations.AddConstraint(
            model_name="appeal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["lodged", "taken", "reviewed"])),
                fields=("assessed", "part"),
                name="appeal_one_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="rectification",
            constraint=models.UniqueConstraint(fields=("assessed", "part"), name="rectified_once"),
        ),
        migrations.AddConstraint(
            model_name="step",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("appeal__isnull", True),
                        ("case__isnull", False),
                        ("rectification__isnull", True),
                    ),
                    models.Q(
                        ("appeal__isnull", False),
                        ("case__isnull", True),
                        ("rectification__isnull", True),
                    ),
                    models.Q(
                        ("appeal__isnull", True),
                        ("case__isnull", True),
                        ("rectification__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="step_of_one_thing",
            ),
        ),
    ]
