#!/usr/bin/env bash
# Wall time of whole runs of the program: min and median of 50, printed, not asserted.
# Usage: bench/whole_process.sh [PROGRAM]; an idle machine gives the figures that mean something.
set -euo pipefail
export LC_ALL=C # for the decimal point of EPOCHREALTIME
here=$(dirname "$(readlink -f "$0")")
program=${1:-$here/../build/release/fleetcast}
runs=50

measure() { # measure NAME ARGUMENT...
    local name=$1 times=() start end
    shift
    "$program" "$@" >/dev/null # warm, and ends the script here if it fails
    for ((i = 0; i < runs; i++)); do
        start=${EPOCHREALTIME/./}
        "$program" "$@" >/dev/null 2>&1
        end=${EPOCHREALTIME/./}
        times+=($((end - start))) # [us]
    done
    mapfile -t times < <(printf '%s\n' "${times[@]}" | sort -n)
    awk -v name="$name" -v min="${times[0]}" -v low="${times[runs / 2 - 1]}" \
        -v high="${times[runs / 2]}" -v runs=$runs \
        'BEGIN { printf "%-24s min %6.2f ms   median %6.2f ms   (%d runs)\n", name, min / 1000, (low + high) / 2000, runs }'
}

measure '--version' --version
measure '10 sources x 120 months' forecast "$here/plan-10x120.json" --format csv --quiet
