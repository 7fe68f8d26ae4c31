"""The tables as they first were (made by makemigrations)."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import kaohe_web.people.sealed


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("login", models.CharField(max_length=40, unique=True, verbose_name="用户名")),
                ("name", models.CharField(max_length=50, verbose_name="姓名")),
                ("is_active", models.BooleanField(default=True, verbose_name="启用")),
                ("expires_on", models.DateField(blank=True, null=True, verbose_name="到期日")),
                (
                    "password_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="密码修改时间"),
                ),
                ("stamp", models.PositiveIntegerField(default=0)),
                (
                    "totp",
                    kaohe_web.people.sealed.SealedField(blank=True, verbose_name="动态口令密钥"),
                ),
                ("totp_used", models.BigIntegerField(default=0)),
                ("made_at", models.DateTimeField()),
                ("seen_at", models.DateTimeField(blank=True, null=True, verbose_name="上次登录")),
                ("enabled_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ("login",),
            },
        ),
        migrations.CreateModel(
            name="Department",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100, verbose_name="名称")),
                (
                    "aliases",
                    models.CharField(
                        blank=True, help_text="用顿号隔开", max_length=300, verbose_name="别名"
                    ),
                ),
                ("position", models.PositiveIntegerField(default=0, verbose_name="排序")),
            ],
            options={
                "ordering": ("unit", "position", "id"),
            },
        ),
        migrations.CreateModel(
            name="Provider",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100, unique=True, verbose_name="名称")),
                (
                    "aliases",
                    models.CharField(
                        blank=True, help_text="用顿号隔开", max_length=300, verbose_name="别名"
                    ),
                ),
            ],
            options={
                "ordering": ("name",),
            },
        ),
        migrations.CreateModel(
            name="Unit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=20, unique=True, verbose_name="代码")),
                ("name", models.CharField(max_length=100, unique=True, verbose_name="名称")),
                ("position", models.PositiveIntegerField(default=0, verbose_name="排序")),
            ],
            options={
                "ordering": ("position", "code"),
            },
        ),
        migrations.CreateModel(
            name="Link",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(blank=True, null=True)),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Post",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("office", "考核办"),
                            ("unit_office", "被考核单位质强办"),
                            ("liaison", "联络员"),
                            ("provider", "数据提供单位"),
                            ("assessor", "评审员"),
                            ("leader", "领导小组"),
                            ("system_officer", "系统管理员"),
                            ("security_officer", "安全管理员"),
                            ("audit_officer", "审计管理员"),
                        ],
                        max_length=20,
                        verbose_name="角色",
                    ),
                ),
                ("first_day", models.DateField(verbose_name="开始")),
                ("last_day", models.DateField(blank=True, null=True, verbose_name="结束")),
                ("cleared", models.BooleanField(default=False, verbose_name="可阅敏感材料")),
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
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="posts",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="人员",
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
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="people.unit",
                        verbose_name="单位",
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="Handover",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("moved", models.TextField(verbose_name="随岗位移交的事项（JSON）")),
                ("by", models.CharField(max_length=200, verbose_name="经办")),
                ("reason", models.TextField(verbose_name="原因")),
                ("at", models.DateTimeField(verbose_name="时间")),
                (
                    "giver",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="given",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="移交人",
                    ),
                ),
                (
                    "taker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="taken",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="接收人",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handovers",
                        to="people.post",
                        verbose_name="岗位",
                    ),
                ),
            ],
            options={
                "ordering": ("-at", "-id"),
            },
        ),
        migrations.CreateModel(
            name="RecoveryCode",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=64)),
                ("used_at", models.DateTimeField(blank=True, null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="recovery_codes",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Session",
            fields=[
                ("session_data", models.TextField(verbose_name="session data")),
                ("expire_date", models.DateTimeField(db_index=True, verbose_name="expire date")),
                ("session_key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("began_at", models.DateTimeField(null=True, verbose_name="登录时间")),
                ("used_at", models.DateTimeField(null=True, verbose_name="最近使用")),
                ("address", models.CharField(blank=True, max_length=64, verbose_name="来源地址")),
                ("browser", models.CharField(blank=True, max_length=100, verbose_name="浏览器")),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sessions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "session",
                "verbose_name_plural": "sessions",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SignInFailure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("login", models.CharField(max_length=150)),
                ("address", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["login", "address", "at"], name="failure_pair")],
            },
        ),
        migrations.AddField(
            model_name="department",
            name="unit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="departments",
                to="people.unit",
                verbose_name="单位",
            ),
        ),
        migrations.CreateModel(
            name="Contact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("body", models.CharField(max_length=200, verbose_name="所在单位")),
                ("name", models.CharField(max_length=50, verbose_name="姓名")),
                ("gender", models.CharField(blank=True, max_length=4, verbose_name="性别")),
                ("duty", models.CharField(blank=True, max_length=50, verbose_name="职务")),
                ("phone", kaohe_web.people.sealed.SealedField(blank=True, verbose_name="办公电话")),
                ("mobile", kaohe_web.people.sealed.SealedField(blank=True, verbose_name="手机")),
                ("fax", kaohe_web.people.sealed.SealedField(blank=True, verbose_name="传真")),
                ("email", kaohe_web.people.sealed.SealedField(blank=True, verbose_name="电子邮件")),
                ("version", models.PositiveIntegerField(default=1)),
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
                    "provider",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="people.provider",
                        verbose_name="数据提供单位",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="people.unit",
                        verbose_name="所在单位",
                    ),
                ),
            ],
            options={
                "ordering": ("unit__position", "body", "id"),
            },
        ),
        migrations.CreateModel(
            name="UsedPassword",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("hash", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="used_passwords",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("department__isnull", False),
                        ("provider__isnull", True),
                        ("role", "liaison"),
                    ),
                    models.Q(
                        ("department__isnull", True),
                        ("role", "unit_office"),
                        ("unit__isnull", False),
                    ),
                    models.Q(
                        ("department__isnull", True),
                        ("provider__isnull", False),
                        ("role", "provider"),
                    ),
                    models.Q(
                        ("department__isnull", True),
                        ("provider__isnull", True),
                        (
                            "role__in",
                            [
                                "office",
                                "assessor",
                                "leader",
                                "system_officer",
                                "security_officer",
                                "audit_officer",
                            ],
                        ),
                    ),
                    _connector="OR",
                ),
                name="post_has_its_body",
            ),
        ),
        migrations.AddConstraint(
            model_name="department",
            constraint=models.UniqueConstraint(
                fields=("unit", "name"), name="department_once_per_unit"
            ),
        ),
    ]
