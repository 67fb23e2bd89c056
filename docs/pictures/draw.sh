#!/bin/sh
# Draws the pictures of this folder anew from real runs: docs/pictures/draw.sh [path to golive]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
golive=${1:-golive}
scratch=$(mktemp)
trap 'rm -f "$scratch"' EXIT

# a demo that is not ready ends with 1, and that is no fault here
draw() {
    name=$1 title=$2 first=$3 until=$4
    shift 4
    CLICOLOR_FORCE=1 COLUMNS=100 "$golive" "$@" > "$scratch" || [ $? -eq 1 ]
    python3 "$here/terminal.py" --title "$title" --from "$first" --until "$until" \
        < "$scratch" > "$here/$name.svg"
}

draw demo 'golive demo' '^NO-GO' '^DECIDE' demo
draw demo-ready 'golive demo --ready' '^a rehearsal' '^Your own' demo --ready
