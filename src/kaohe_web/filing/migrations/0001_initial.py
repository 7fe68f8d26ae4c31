"""The tables as they first were (made by makemigrations)."""

import django.db.models.deletion
from django.db import migrations, models

import kaohe_web.numbers


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("cycles", "0001_initial"),
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="StoredFile",
            fields=[
                ("sha256", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("size", models.BigIntegerField(verbose_name="大小（字节）")),
                ("type", models.CharField(max_length=40, verbose_name="类型")),
                ("pages", models.PositiveIntegerField(blank=True, null=True, verbose_name="页数")),
                ("stored_at", models.DateTimeField(verbose_name="存入时间")),
            ],
        ),
        migrations.CreateModel(
            name="AwardEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("indicator", models.CharField(max_length=80, verbose_name="登记簿")),
                ("name", models.CharField(max_length=200, verbose_name="名称")),
                ("level", models.CharField(max_length=40, verbose_name="级别")),
                ("on_day", models.DateField(verbose_name="日期")),
                ("document", models.CharField(max_length=200, verbose_name="文号")),
                ("holder", models.CharField(blank=True, max_length=200, verbose_name="获得者")),
                (
                    "approval",
                    models.CharField(blank=True, max_length=200, verbose_name="批准计入的依据"),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "assessed",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="awards",
                        to="cycles.assessedunit",
                    ),
                ),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="awards",
                        to="cycles.cycle",
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="people.department",
                        verbose_name="填报部门",
                    ),
                ),
                (
                    "provider",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="people.provider",
                        verbose_name="填报的数据提供单位",
                    ),
                ),
            ],
            options={
                "ordering": ("assessed", "id"),
            },
        ),
        migrations.CreateModel(
            name="Evidence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=255, verbose_name="文件名")),
                (
                    "label",
                    models.CharField(
                        choices=[("internal", "内部"), ("sensitive", "敏感")],
                        default="internal",
                        max_length=10,
                        verbose_name="标记",
                    ),
                ),
                (
                    "period_first",
                    models.DateField(blank=True, null=True, verbose_name="材料所属期间起"),
                ),
                (
                    "period_last",
                    models.DateField(blank=True, null=True, verbose_name="材料所属期间止"),
                ),
                ("uploaded_by", models.CharField(max_length=200, verbose_name="上传人")),
                ("uploaded_at", models.DateTimeField(verbose_name="上传时间")),
                (
                    "withdrawn_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="撤下时间"),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "assessed",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="evidence",
                        to="cycles.assessedunit",
                    ),
                ),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="evidence",
                        to="cycles.cycle",
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="people.department",
                        verbose_name="上传部门",
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="filing.evidence",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
                        to="filing.storedfile",
                    ),
                ),
            ],
            options={
                "ordering": ("-uploaded_at", "-id"),
            },
        ),
        migrations.CreateModel(
            name="SignOff",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by", models.CharField(max_length=200, verbose_name="签署人")),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("note", models.TextField(blank=True, verbose_name="说明")),
                (
                    "assessed",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sign_off",
                        to="cycles.assessedunit",
                    ),
                ),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sign_offs",
                        to="cycles.cycle",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Paper",
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
                            ("targets", "目标备案表（盖章）"),
                            ("self_score", "自评得分表（盖章）"),
                            ("self_report", "自评报告"),
                        ],
                        max_length=12,
                        verbose_name="种类",
                    ),
                ),
                ("name", models.CharField(max_length=255, verbose_name="文件名")),
                ("uploaded_by", models.CharField(max_length=200, verbose_name="上传人")),
                ("uploaded_at", models.DateTimeField(verbose_name="上传时间")),
                (
                    "superseded_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="被替换时间"),
                ),
                (
                    "assessed",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="papers",
                        to="cycles.assessedunit",
                    ),
                ),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="papers",
                        to="cycles.cycle",
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="people.department",
                        verbose_name="部门（空为全单位）",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers",
                        to="filing.storedfile",
                    ),
                ),
            ],
            options={
                "ordering": ("-uploaded_at", "-id"),
            },
        ),
        migrations.CreateModel(
            name="Submission",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("part", models.CharField(max_length=40, verbose_name="条目")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "填报中"),
                            ("handed_in", "待审核"),
                            ("checked", "审核通过"),
                            ("submitted", "已提交"),
                            ("missing", "确认缺报"),
                            ("returned", "已退回"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                (
                    "self_score",
                    kaohe_web.numbers.NumberField(
                        blank=True, max_length=40, null=True, verbose_name="自评得分"
                    ),
                ),
                ("lost_reason", models.TextField(blank=True, verbose_name="失分原因")),
                ("note", models.TextField(blank=True, verbose_name="备注")),
                ("returned_note", models.TextField(blank=True, verbose_name="退回理由")),
                (
                    "returned_by",
                    models.CharField(blank=True, max_length=200, verbose_name="退回人"),
                ),
                (
                    "returned_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="退回时间"),
                ),
                (
                    "due_on",
                    models.DateField(blank=True, null=True, verbose_name="退回后的补报截止"),
                ),
                ("missing_reason", models.TextField(blank=True, verbose_name="缺报原因")),
                ("accepted", models.TextField(blank=True, verbose_name="审核通过时的内容（JSON）")),
                (
                    "handed_in_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="报审时间"),
                ),
                (
                    "submitted_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="提交时间"),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "assessed",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="submissions",
                        to="cycles.assessedunit",
                    ),
                ),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="submissions",
                        to="cycles.cycle",
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="people.department",
                        verbose_name="牵头部门",
                    ),
                ),
            ],
            options={
                "ordering": ("assessed", "id"),
            },
        ),
        migrations.CreateModel(
            name="EvidenceUse",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("page", models.PositiveIntegerField(blank=True, null=True, verbose_name="页码")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="说明")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "evidence",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="uses",
                        to="filing.evidence",
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="evidence_uses",
                        to="filing.submission",
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="WorkbookUpload",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=255, verbose_name="文件名")),
                ("uploaded_by", models.CharField(max_length=200, verbose_name="上传人")),
                ("uploaded_at", models.DateTimeField(verbose_name="上传时间")),
                (
                    "imported_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="导入时间"),
                ),
                ("written", models.PositiveIntegerField(default=0, verbose_name="写入几处")),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="workbooks",
                        to="cycles.cycle",
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="people.department",
                        verbose_name="部门",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="workbooks",
                        to="filing.storedfile",
                    ),
                ),
                (
                    "provider",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="people.provider",
                        verbose_name="数据提供单位",
                    ),
                ),
            ],
            options={
                "ordering": ("-uploaded_at", "-id"),
            },
        ),
        migrations.CreateModel(
            name="ReportedValue",
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
                        blank=True, max_length=40, null=True, verbose_name="数值"
                    ),
                ),
                (
                    "before",
                    kaohe_web.numbers.NumberField(
                        blank=True, max_length=40, null=True, verbose_name="上年数值"
                    ),
                ),
                ("rolled", models.BooleanField(default=False, verbose_name="上年数值由上年度结转")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("value", "有数值"),
                            ("none", "无此项"),
                            ("pending", "待定"),
                            ("see_note", "见说明"),
                        ],
                        default="value",
                        max_length=10,
                        verbose_name="情况",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="说明")),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="来源")),
                ("entered_by", models.CharField(blank=True, max_length=200, verbose_name="填报人")),
                (
                    "entered_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="填报时间"),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "assessed",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="values",
                        to="cycles.assessedunit",
                    ),
                ),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="values",
                        to="cycles.cycle",
                    ),
                ),
            ],
            options={
                "ordering": ("assessed", "indicator"),
                "constraints": [
                    models.UniqueConstraint(fields=("assessed", "indicator"), name="value_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "value"), ("value__isnull", True), _connector="OR"
                        ),
                        name="number_or_why_none",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.UniqueConstraint(fields=("assessed", "part"), name="submission_once"),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "returned"), _negated=True),
                    models.Q(
                        ("returned_at__isnull", False),
                        models.Q(("returned_note", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="return_has_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "missing"), _negated=True),
                    models.Q(("missing_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="missing_has_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="evidenceuse",
            constraint=models.UniqueConstraint(
                fields=("evidence", "submission"), name="evidence_used_once"
            ),
        ),
    ]
