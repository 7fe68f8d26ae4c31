#!/bin/sh
# Sets up .venv from a hash-locked list and installs Kaohe into it; does nothing where it is current.
set -eu
cd "$(dirname "$0")/.."
lock=${1:-requirements.lock}
stamp=.venv/.$lock
if [ -x .venv/bin/kaohe ] && [ -f "$stamp" ] && cmp -s "$lock" "$stamp"; then exit 0; fi
python=${PY:-python3}
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    echo "需要 Python 3.11 或更高版本 (Python 3.11 or newer is needed)" >&2
    exit 1
}
if [ ! -x .venv/bin/python ]; then
    "$python" -m venv .venv || {
        rm -rf .venv
        echo "缺少 venv，请先安装 (first install): apt-get install -y python3-venv" >&2
        exit 1
    }
fi
pip="python -m pip install --quiet --disable-pip-version-check --no-deps"
.venv/bin/$pip --require-hashes --only-binary=:all: -r "$lock"
.venv/bin/$pip --no-build-isolation --no-index -e .
cp "$lock" "$stamp"
