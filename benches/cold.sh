#!/usr/bin/env bash
# How long a cold `golive check` takes, and how much memory: ten runs on the demo's project.
# Usage: benches/cold.sh [PROJECT]; without one the demo's flawed sample is copied and expanded.
set -euo pipefail
cd "$(dirname "$0")/.."

cargo build --release --quiet
program=$PWD/target/release/golive
project=${1:-}
if [ -z "$project" ]; then
  project=$(mktemp -d)
  trap 'rm -rf "$project"' EXIT
  cp -R src/standin/sample/flawed/. "$project"
  # what the demo does when it copies the sample: halves of invented keys are put together
  find "$project" -type f -exec sed -i -E 's/@@join\(([^,)]*),([^)]*)\)@@/\1\2/g' {} +
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
  memory=$(mktemp)
  /usr/bin/time --quiet -f '%M' -o "$memory" "$program" check "$project" >/dev/null 2>&1 || true
  echo "peak memory: $(cat "$memory") KiB (aim: under 30720)"
  rm -f "$memory"
else
  echo "peak memory: not measured, there is no /usr/bin/time here"
fi
