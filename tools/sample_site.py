"""What ``make run`` starts: the site with the sample city, and one link per role to walk in as.

    python tools/sample_site.py FOLDER

The folder keeps the city between runs; remove it to begin anew.
"""

import os
import sys
from pathlib import Path

KAOHE = Path(sys.executable).with_name("kaohe")
BIND = "127.0.0.1:8000"

ALWAYS = {"KAOHE_SAMPLE": "1", "KAOHE_HTTPS": "0", "DATABASE_URL": ""}
USUALLY = {"KAOHE_BIND": BIND, "DJANGO_SETTINGS_MODULE": "kaohe_web.settings.django"}


def main() -> None:
    """Make the sample city if it is not there, say how to walk in, and become the server."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "out/site").resolve()
    os.environ.update(ALWAYS)
    for name, value in USUALLY.items():
        os.environ.setdefault(name, value)
    os.environ["KAOHE_DATA"] = str(folder)
    make_city()
    os.execv(KAOHE, [str(KAOHE), "serve"])  # noqa: S606 -- our own command


def make_city() -> None:
    """The sample city, once; what was left half made is made anew."""
    import django  # noqa: PLC0415 -- its settings are read from the variables above

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 -- the same
    from django.db import transaction  # noqa: PLC0415 -- the same
    from django.utils import timezone  # noqa: PLC0415 -- the same

    from kaohe_web.people.models import User  # noqa: PLC0415 -- the same
    from kaohe_web.people.sample_links import links  # noqa: PLC0415 -- the same
    from kaohe_web.sample.build import build  # noqa: PLC0415 -- the same

    call_command("migrate", verbosity=0)
    if not User.objects.exists():
        print("正在准备示例城市（约十几秒）……", flush=True)
        with transaction.atomic():
            build(timezone.now())
    address = os.environ["KAOHE_BIND"]
    print("\n以下都是虚构的示例数据。每个角色一个入口，点开即可进入：\n")
    for link in links():
        print(f"  {link.title}\n      http://{address}{link.path}")
    print("\n按 Ctrl+C 停止。\n", flush=True)


if __name__ == "__main__":
    main()
