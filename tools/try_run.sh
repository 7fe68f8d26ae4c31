#!/bin/sh
# Starts the site as `make run` does, waits until it is ready, asks for its first page, stops it.
set -eu
cd "$(dirname "$0")/.."
mkdir -p out
setsid make run >out/run.log 2>&1 &
run=$!
trap 'kill -- -$run 2>/dev/null || true; wait $run 2>/dev/null || true' EXIT
python=${PY:-python3}
$python - <<'END' || { cat out/run.log; exit 1; }
import time, urllib.request
begun = time.monotonic()
while time.monotonic() - begun < 120:
    try:
        with urllib.request.urlopen("http://127.0.0.1:8000/readyz", timeout=5) as answer:
            assert answer.status == 200
        with urllib.request.urlopen("http://127.0.0.1:8000/", timeout=5) as answer:
            assert answer.status == 200
        print(f"the site was ready after {int(time.monotonic() - begun)} s")
        break
    except OSError:
        time.sleep(1)
else:
    raise SystemExit("the site was not ready within 120 s")
END
