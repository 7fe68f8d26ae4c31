#!/bin/sh
# Every kind of test on SQLite; meanwhile, on a PostgreSQL of its own, the year in the browser and
# what two people do at once, or with full counts everything that has a database.
# What the machine lacks (chromium, PostgreSQL) is named and left out; under CI it fails instead.
set -eu
cd "$(dirname "$0")/.."
sh tools/setup.sh requirements-test.lock
python=.venv/bin/python
if ! command -v chromium >/dev/null && ! command -v chromium-browser >/dev/null; then
    echo "没有 chromium：略去浏览器中的测试 (no chromium: tests in a browser are left out)"
    if [ -n "${CI:-}" ]; then exit 1; fi
fi
if [ "${KAOHE_TEST_COUNTS:-}" = full ]; then
    set -- tests/site tests/journeys tests/crash
else
    set -- tests/site tests/journeys/test_year.py -k "at_once or T48 or T56 or year_in_the_browser"
fi
mkdir -p out
$python tools/postgres.py $python -m pytest "$@" >out/postgres.log 2>&1 &
postgres=$!
trap 'kill $postgres 2>/dev/null || true' EXIT
status=0
$python -m pytest -n auto --dist worksteal || status=$?
on_postgres=0
wait $postgres || on_postgres=$?
echo "PostgreSQL:"
cat out/postgres.log
if [ "$on_postgres" = 77 ] && [ -z "${CI:-}" ]; then on_postgres=0; fi
[ "$status" = 0 ] && [ "$on_postgres" = 0 ]
