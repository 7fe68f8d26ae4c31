"""The tables as they first were (made by makemigrations)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("seq", models.BigIntegerField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField(db_index=True)),
                ("login", models.CharField(blank=True, db_index=True, max_length=150)),
                ("name", models.CharField(blank=True, max_length=200)),
                ("post", models.CharField(blank=True, max_length=300)),
                ("address", models.CharField(blank=True, max_length=64)),
                ("request", models.CharField(blank=True, max_length=64)),
                ("what", models.CharField(db_index=True, max_length=60)),
                (
                    "outcome",
                    models.CharField(choices=[("done", "成功"), ("refused", "拒绝")], max_length=8),
                ),
                ("object_type", models.CharField(blank=True, max_length=60)),
                ("object_id", models.CharField(blank=True, max_length=64)),
                ("object_name", models.CharField(blank=True, max_length=300)),
                ("cycle", models.CharField(blank=True, db_index=True, max_length=20)),
                ("reason", models.TextField(blank=True)),
                ("details", models.TextField(blank=True)),
                ("previous", models.CharField(max_length=80)),
                ("hash", models.CharField(max_length=80)),
            ],
            options={
                "ordering": ("seq",),
                "indexes": [models.Index(fields=["object_type", "object_id"], name="audit_object")],
            },
        ),
    ]
