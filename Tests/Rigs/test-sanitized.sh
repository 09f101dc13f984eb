#!/usr/bin/env bash
# test-sanitized.sh thread|address - builds everything with a sanitizer, each in a place of its own, and runs the unit and
# conformance tests and the random hands with it; what they start of the product is built with it too. OBS=1 runs the tests
# that need a real OBS as well. A finding in any process fails the run, whatever the tests make of that process's end.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."
kind=${1:?thread or address}
# Without debug information the build takes two thirds of the time; what is found is named by function.
swift build --build-tests --sanitize "$kind" --scratch-path ".build-$kind" -Xswiftc -gnone --quiet
bundle=$(echo "$PWD/.build-$kind"/debug/*PackageTests.xctest)
findings=$(mktemp -d)
export NO_COLOR=1 TSAN_OPTIONS="halt_on_error=1:log_path=$findings/of" ASAN_OPTIONS="detect_leaks=0:log_path=$findings/of"
status=0
# Apart from what measures: times and instructions under a sanitizer say nothing of the product.
"$bundle" --testing-library swift-testing --no-parallel \
  --skip '^(OBSLiveTests|SequencerGuestTests|EndToEndTests|BenchmarkTests)\.' \
  --skip 'FuzzTests|MappingEditTests|FileEditTests|ContentTreeTests/many|ShowCommandTests/many' || status=1
VIDEO_DIRECTOR_FUZZ=${VIDEO_DIRECTOR_FUZZ:-500} "$bundle" --testing-library swift-testing --filter FuzzTests || status=1
[ -z "${OBS:-}" ] || BUNDLE=$bundle Tests/Rigs/test-obs.sh || status=1
for finding in "$findings"/*; do
  [ -e "$finding" ] || continue
  status=1
  echo "✘ Test \"the $kind sanitizer\" failed after a finding:"
  grep -E 'WARNING|ERROR|SUMMARY' "$finding" | sed 's/^/↳ /'
  head -60 "$finding"
done
rm -rf "$findings"
exit $status
