#!/usr/bin/env bash
# run.sh [SECONDS] [DECODER...] - drive each decoder of outside bytes with libFuzzer, 30 s each where nothing is said.
#
# What is found is left as Fuzzing/Found/DECODER-crash-...: make a unit test of it. Inputs that reach new code are kept in
# Fuzzing/.build/corpus; those in Fuzzing/Corpus are the seeds. Build first: make fuzz does both.
set -uo pipefail
cd "$(dirname "$(readlink -f "$0")")"
seconds=${1:-30}
shift || true
program=.build/release/fuzz
export SWIFT_BACKTRACE=enable=no # libFuzzer tells of a crash itself
[ $# -gt 0 ] || set -- $(ls Corpus)
failed=0
mkdir -p Found
for decoder; do
  mkdir -p ".build/corpus/$decoder"
  log=.build/corpus/$decoder.log
  if DECODER=$decoder "$program" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -max_len=16384 -print_final_stats=1 \
    -artifact_prefix="Found/$decoder-" ".build/corpus/$decoder" "Corpus/$decoder" </dev/null >"$log" 2>&1; then
    result="$(sed -nE 's/^stat::number_of_executed_units: *//p' "$log") inputs, $(grep -oE 'cov: [0-9]+' "$log" | tail -1)"
  else
    result="FOUND: $(grep -E 'Fatal error|SUMMARY|ERROR' "$log" | head -2 | tr '\n' ' ')"
    failed=1
  fi
  printf '%-18s %s\n' "$decoder" "$result"
done
exit $failed
