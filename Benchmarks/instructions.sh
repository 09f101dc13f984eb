#!/usr/bin/env bash
# instructions.sh BENCH press|move|out|back [--planted] - how many instructions an event costs, counted by callgrind.
set -euo pipefail
events=${EVENTS:-100}
copy=$(mktemp)
trap 'rm -f "$copy"' EXIT
# Without what debuggers read: valgrind 3.19 cannot read Swift's.
strip --strip-debug -o "$copy" "$1"
chmod +x "$copy"
# Dictionaries have their entries in another order in each process, and so another cost, unless told otherwise.
export SWIFT_DETERMINISTIC_HASHING=1
valgrind --tool=callgrind --collect-atstart=no --toggle-collect=bench_measured --callgrind-out-file=/dev/null \
  "$copy" instructions "${@:2}" --events "$events" 2>&1 |
  awk -v events="$events" '/Collected/ { count = $NF } END { if (!count) exit 1; printf "%d\n", count / events }'
