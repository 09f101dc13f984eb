#!/usr/bin/env bash
# run.sh [SECONDS] [DECODER...] - drive each decoder of outside bytes with libFuzzer, 30 s each where nothing is said, one on
# each core.
#
# What is found is left as Fuzzing/Found/DECODER-crash-...: make a unit test of it. Inputs that reach new code are kept in
# Fuzzing/.build/corpus; those in Fuzzing/Corpus are the seeds. Build first: make build-fuzz, or make fuzz, which does both.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")"
export SECONDS_EACH=${1:-30}
shift || true
[ $# -gt 0 ] || set -- $(ls Corpus)
mkdir -p Found .build/corpus

# fuzz DECODER: one line of what came of it; fails where something was found.
fuzz() {
  local decoder=$1 log=.build/corpus/$1.log result status=0
  mkdir -p ".build/corpus/$decoder"
  # libFuzzer tells of a crash itself.
  DECODER=$decoder SWIFT_BACKTRACE=enable=no .build/release/fuzz -max_total_time="$SECONDS_EACH" -timeout=10 -rss_limit_mb=2048 \
    -max_len=16384 -print_final_stats=1 -artifact_prefix="Found/$decoder-" ".build/corpus/$decoder" "Corpus/$decoder" \
    </dev/null >"$log" 2>&1 || status=1
  if [ $status = 0 ]; then
    result="$(sed -nE 's/^stat::number_of_executed_units: *//p' "$log") inputs, $(grep -oE 'cov: [0-9]+' "$log" | tail -1)"
  else
    result="FOUND: $(grep -E 'Fatal error|SUMMARY|ERROR' "$log" | head -2 | tr '\n' ' ')"
  fi
  printf '%-18s %s\n' "$decoder" "$result"
  return $status
}
export -f fuzz
status=0
out=$(printf '%s\n' "$@" | xargs -P "$(nproc)" -I '{}' bash -c 'fuzz "$@"' - '{}' | tee >(cat >&2)) || status=1
failed=$(grep -c 'FOUND: ' <<<"$out") || true
echo "Test run with $# tests in 1 suite $([ "$failed" = 0 ] && echo passed || echo failed)"
exit $status
