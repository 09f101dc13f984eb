#!/usr/bin/env bash
# test-all.sh - every test, the fast ones first; ends with what ran and how many. Build first.
set -uo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."
bundle=$(echo .build/debug/*PackageTests.xctest)
export NO_COLOR=1
logs=$(mktemp -d)
names=() results=() passed=0 failed=0 missing=

# wrong LOG: what failed, short: of what Swift Testing printed the failures, else the end.
wrong() {
  if grep -q '^✘' "$1"; then
    grep -A 3 '^✘' "$1" | grep -E '^(✘|↳)' | grep -vE '^(✘ (Suite|Test run)|↳ ///)' | cut -c1-300 | head -40
  else
    tail -15 "$1" | cut -c1-300
  fi
}

# step NAME COMMAND...: runs it, shows what went wrong, counts its tests.
step() {
  local name=$1 log start=$SECONDS status=0
  shift
  log=$logs/${#names[@]}
  echo "== $name"
  "$@" >"$log" 2>&1 || status=$?
  # Swift Testing closes with: Test run with N tests in M suites passed|failed after … [with K issues].
  local total=0 bad
  bad=$(grep -E '✘ Test ".*failed after|✘ Test [a-zA-Z]+\(.*failed after' "$log" | wc -l)
  while read -r count; do total=$((total + count)); done < <(sed -nE 's/.*Test run with ([0-9]+) tests? .*/\1/p' "$log")
  [ $status = 0 ] && [ $total = 0 ] && { status=1; echo "no test ran" >>"$log"; }
  [ $status != 0 ] && [ "$bad" = 0 ] && bad=1
  grep -a '^test-obs: ' "$log"
  [ $status = 0 ] || { wrong "$log" | tee -a "$logs/wrong"; }
  [ "$bad" -gt "$total" ] && total=$bad
  passed=$((passed + total - bad)) failed=$((failed + bad))
  names+=("$name")
  results+=("$((total - bad)) passed, $bad failed, $((SECONDS - start)) s")
  echo "   ${results[-1]}"
}

# One after the other: those that keep to times would wait for their turn among those that take all of the machine.
step "unit and conformance" "$bundle" --testing-library swift-testing --no-parallel \
  --skip '^(OBSLiveTests|SequencerGuestTests|EndToEndTests|BenchmarkTests)\.' --skip 'FuzzTests|MappingEditTests|FileEditTests'
# Apart, because they take all of the machine, and others keep to times.
step "random hands" env VIDEO_DIRECTOR_FUZZ=100000 "$bundle" --testing-library swift-testing --filter FuzzTests
step "edits by the thousand" env VIDEO_DIRECTOR_TABLES=4000 VIDEO_DIRECTOR_KILLS=1000 "$bundle" \
  --testing-library swift-testing --filter 'MappingEditTests|FileEditTests'
step "bytes from outside, 30 s a decoder" Fuzzing/run.sh 30
step "budget of instructions" "$bundle" --testing-library swift-testing --filter '^BenchmarkTests\.'
if [ ! -e ../shared/data/atem ]; then
  missing="ATEM clients that are not ours: there are no recordings in ../shared/data/atem"
elif ! Tests/Rigs/test-atem-interop.sh -i; then
  missing="ATEM clients that are not ours: PyPI is out of reach, and they are not here"
else
  step "ATEM clients that are not ours" Tests/Rigs/test-atem-interop.sh
fi
step "real OBS" Tests/Rigs/test-obs.sh
for kernel in linux-image-amd64 linux-image-6.12-amd64; do
  step "real sequencer, $kernel" Tests/Rigs/test-guest.sh $kernel
  step "the whole line, $kernel" Tests/Rigs/test-end-to-end.sh $kernel
done

# Once more, for who sees only the end.
[ ! -s "$logs/wrong" ] || { echo && cat "$logs/wrong"; }
echo
for index in "${!names[@]}"; do printf '%-45s %s\n' "${names[index]}" "${results[index]}"; done
[ -z "$missing" ] || echo "not run: $missing"
echo "$passed passed, $failed failed"
[ $failed = 0 ] && rm -rf "$logs" || { echo "logs: $logs" >&2; exit 1; }
