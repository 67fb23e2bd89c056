#!/usr/bin/env bash
# How long a cold `golive check` takes, and how much memory: ten runs on the demo's project.
# Usage: benches/cold.sh [PROJECT]; GOLIVE=PROGRAM measures a program that is built already.
set -euo pipefail
cd "$(dirname "$0")/.."

program=${GOLIVE:-}
if [ -z "$program" ]; then
  cargo build --release --quiet
  program=$PWD/target/release/golive
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
project=${1:-}
if [ -z "$project" ]; then
  project=$work/lender-api
  "$program" demo --keep "$project" >/dev/null 2>&1 || [ $? -eq 1 ]
fi

best=
for run in 1 2 3 4 5 6 7 8 9 10; do
  before=$EPOCHREALTIME
  "$program" check "$project" >/dev/null 2>&1 || true
  after=$EPOCHREALTIME
  took=$(( ${after/[.,]/} - ${before/[.,]/} ))
  echo "run $run: $took microseconds"
  if [ -z "$best" ] || [ "$took" -lt "$best" ]; then best=$took; fi
done
echo "best: $best microseconds (aim: under 25000)"

if [ -x /usr/bin/time ]; then
  /usr/bin/time --quiet -f '%M' -o "$work/memory" "$program" check "$project" >/dev/null 2>&1 || true
  echo "peak memory: $(cat "$work/memory") KiB (aim: under 30720)"
elif command -v python3 >/dev/null; then
  python3 - "$program" "$project" <<'PYTHON'
import resource, subprocess, sys
subprocess.run([sys.argv[1], "check", sys.argv[2]], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print("peak memory:", resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, "KiB (aim: under 30720)")
PYTHON
else
  echo "peak memory: not measured; there is neither /usr/bin/time nor python3"
fi
