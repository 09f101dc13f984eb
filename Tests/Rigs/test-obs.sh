#!/usr/bin/env bash
# Runs the tests that need a real OBS, in one started for them: Tests/Rigs/test-obs.sh [ARGUMENT OF swift test...]
#
# The tests must be built (swift build --build-tests). VIDEO_DIRECTOR_OBS=1: a missing OBS is a failure.
set -euo pipefail
cd "$(dirname "$0")/../.."
bundle=$(ls -d .build/debug/*PackageTests.xctest)
for program in obs Xvfb setpriv; do
  command -v "$program" >/dev/null || {
    echo "test-obs: no $program: apt-get install -y --no-install-recommends obs-studio xvfb libgl1-mesa-dri" >&2
    exit 1
  }
done
# The bundle is run as it is: `swift test` would take 18 s to find that there is nothing to build.
export VIDEO_DIRECTOR_OBS=1
status=0
run() { Tests/Rigs/run-obs.sh $log -- "$bundle" --testing-library swift-testing "$@" || status=$?; }
log=
# Each of these has an OBS of its own, and works on it alone.
run --filter '^OBSLiveTests\.OBSLiveTests' "$@"
run --filter '^OBSLiveTests\.ShowTests' "$@"
log=-l run --filter '^OBSLiveTests\.LookingTests' "$@"
exit $status
