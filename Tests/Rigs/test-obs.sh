#!/usr/bin/env bash
# Runs the tests that need a real OBS, in one started for them: Tests/Rigs/test-obs.sh [ARGUMENT OF swift test...]
#
# The tests must be built (swift build --build-tests); BUNDLE names another copy of them. VIDEO_DIRECTOR_OBS=1: a missing OBS
# is a failure.
set -euo pipefail
cd "$(dirname "$0")/../.."
bundle=${BUNDLE:-$(ls -d .build/debug/*PackageTests.xctest)}
for program in obs Xvfb setpriv; do
  command -v "$program" >/dev/null || {
    echo "test-obs: no $program: apt-get install -y --no-install-recommends obs-studio xvfb libgl1-mesa-dri" >&2
    exit 1
  }
done
# The bundle is run as it is: `swift test` would take 18 s to find that there is nothing to build.
export VIDEO_DIRECTOR_OBS=1
status=0
# OBS 29 was seen to crash by itself, three times in some forty runs, each time at the same place in its graphics thread. A run
# in which it does is told, and made once more.
run() {
  local ended=0
  Tests/Rigs/run-obs.sh $log -- "$bundle" --testing-library swift-testing "$@" >"$out" 2>&1 || ended=$?
  if [ $ended = 70 ]; then
    echo "test-obs: OBS has crashed by itself, in $(sed -nE 's/^✘ Test (".*") .*failed after.*/\1/p' "$out" | head -1): all once more" >&2
    ended=0
    Tests/Rigs/run-obs.sh $log -- "$bundle" --testing-library swift-testing "$@" >"$out" 2>&1 || ended=$?
  fi
  cat "$out"
  [ $ended = 0 ] || status=$ended
}
out=$(mktemp); trap 'rm -f "$out"' EXIT
log=
# Each of these has an OBS of its own, and works on it alone.
run --filter '^OBSLiveTests\.OBSLiveTests' "$@"
run --filter '^OBSLiveTests\.ShowTests' "$@"
log=-l run --filter '^OBSLiveTests\.LookingTests' "$@"
exit $status
