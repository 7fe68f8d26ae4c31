"""The tables as they first were (made by makemigrations)."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="RubricEdition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("fingerprint", models.CharField(max_length=80, unique=True, verbose_name="指纹")),
                ("rubric", models.CharField(max_length=100, verbose_name="细则编号")),
                ("title", models.CharField(max_length=200, verbose_name="名称")),
                ("period", models.CharField(blank=True, max_length=50, verbose_name="年度")),
                ("text", models.TextField(verbose_name="规范文本")),
                ("source", models.CharField(max_length=200, verbose_name="来源")),
                ("adopted_at", models.DateTimeField(verbose_name="采用时间")),
                ("adopted_by", models.CharField(max_length=200, verbose_name="采用人")),
                ("note", models.TextField(blank=True, verbose_name="说明")),
            ],
            options={
                "ordering": ("-adopted_at", "-id"),
            },
        ),
        migrations.CreateModel(
            name="AcceptedFinding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=10, verbose_name="检查")),
                ("place", models.CharField(max_length=100, verbose_name="位置")),
                ("message", models.TextField(verbose_name="问题")),
                ("reason", models.TextField(verbose_name="保留的理由")),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="accepted",
                        to="rubrics.rubricedition",
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
            },
        ),
    ]
