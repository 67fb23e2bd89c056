#!/usr/bin/env bash
# `golive check` on a tree of 30,000 files with 11,000 of configuration, beside `rg` for one literal
# over the same tree, turn by turn in one run. Usage: benches/tree.sh; GOLIVE=PROGRAM measures a
# program that is built already.
set -euo pipefail
cd "$(dirname "$0")/.."

command -v rg >/dev/null || { echo "skipped: ripgrep (rg) is not installed"; exit 0; }
program=${GOLIVE:-}
if [ -z "$program" ]; then
  cargo build --release --quiet
  program=$PWD/target/release/golive
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 benches/tree.py "$work/tree"

took() {
  local before=$EPOCHREALTIME
  "$@" >/dev/null 2>&1 || true
  local after=$EPOCHREALTIME
  echo $(( ${after/[.,]/} - ${before/[.,]/} ))
}

ours= theirs=
for run in 1 2 3 4 5; do
  rg_took=$(took rg --no-ignore --hidden --count sk_live_ "$work/tree")
  golive_took=$(took "$program" check "$work/tree")
  echo "run $run: rg $rg_took, golive $golive_took microseconds"
  if [ -z "$theirs" ] || [ "$rg_took" -lt "$theirs" ]; then theirs=$rg_took; fi
  if [ -z "$ours" ] || [ "$golive_took" -lt "$ours" ]; then ours=$golive_took; fi
done
echo "best: golive takes $(( ours / theirs )).$(( ours * 10 / theirs % 10 )) times as long as rg (aim: under 5)"
