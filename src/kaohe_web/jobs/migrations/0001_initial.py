"""The tables as they first were (made by makemigrations)."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Job",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=40, verbose_name="种类")),
                ("key", models.CharField(max_length=200, unique=True, verbose_name="去重键")),
                ("payload", models.TextField(verbose_name="参数（JSON）")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "等待"),
                            ("running", "进行中"),
                            ("done", "完成"),
                            ("failed", "失败"),
                            ("dropped", "已放弃"),
                        ],
                        default="waiting",
                        max_length=8,
                        verbose_name="状态",
                    ),
                ),
                ("attempts", models.PositiveIntegerField(default=0, verbose_name="次数")),
                ("run_after", models.DateTimeField(verbose_name="最早执行")),
                ("lease", models.CharField(blank=True, max_length=64, verbose_name="租约")),
                (
                    "lease_until",
                    models.DateTimeField(blank=True, null=True, verbose_name="租约到期"),
                ),
                ("error", models.TextField(blank=True, verbose_name="错误")),
                ("progress", models.PositiveSmallIntegerField(default=0, verbose_name="进度（%）")),
                ("result", models.TextField(blank=True, verbose_name="结果（JSON）")),
                ("asked_by", models.CharField(blank=True, max_length=200, verbose_name="发起人")),
                ("made_at", models.DateTimeField(verbose_name="建立时间")),
                ("done_at", models.DateTimeField(blank=True, null=True, verbose_name="完成时间")),
            ],
            options={
                "ordering": ("run_after", "id"),
                "indexes": [models.Index(fields=["state", "run_after"], name="job_next")],
            },
        ),
        migrations.CreateModel(
            name="Notice",
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
                            ("todo", "待办"),
                            ("reminder", "提醒"),
                            ("urge", "催办"),
                            ("news", "通知"),
                        ],
                        max_length=10,
                        verbose_name="种类",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="标题")),
                ("text", models.TextField(blank=True, verbose_name="内容")),
                ("link", models.CharField(blank=True, max_length=300, verbose_name="链接")),
                ("key", models.CharField(max_length=200, unique=True, verbose_name="去重键")),
                ("made_at", models.DateTimeField(verbose_name="时间")),
                ("read_at", models.DateTimeField(blank=True, null=True, verbose_name="阅读时间")),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notices",
                        to="people.post",
                    ),
                ),
            ],
            options={
                "ordering": ("-made_at", "-id"),
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[("page", "站内")],
                        default="page",
                        max_length=10,
                        verbose_name="渠道",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="时间")),
                (
                    "outcome",
                    models.CharField(default="已送达", max_length=100, verbose_name="结果"),
                ),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to="jobs.notice",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Urge",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("cycle", models.BigIntegerField(db_index=True, verbose_name="考核年度")),
                ("from_unit", models.BooleanField(default=False, verbose_name="由本单位催办")),
                ("text", models.TextField(verbose_name="内容")),
                ("by", models.CharField(max_length=200, verbose_name="催办人")),
                ("at", models.DateTimeField(verbose_name="时间")),
                (
                    "department",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.department",
                        verbose_name="部门",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.unit",
                        verbose_name="单位",
                    ),
                ),
            ],
            options={
                "ordering": ("-at", "-id"),
            },
        ),
        migrations.AddField(
            model_name="notice",
            name="urge",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="notices",
                to="jobs.urge",
            ),
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("subject", models.CharField(max_length=100, verbose_name="事项")),
                ("due", models.DateField(verbose_name="截止")),
                ("step", models.SmallIntegerField(verbose_name="剩余天数")),
                ("at", models.DateTimeField(verbose_name="时间")),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminders",
                        to="jobs.notice",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminders",
                        to="people.post",
                    ),
                ),
            ],
            options={
                "ordering": ("-at", "-id"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("post", "subject", "due", "step"), name="reminded_once"
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(fields=["post", "read_at"], name="notice_unread"),
        ),
    ]
