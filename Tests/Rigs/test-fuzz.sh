#!/usr/bin/env bash
# test-fuzz.sh [EVENTS [SEED]] - random hands on every shipped mapping, a million events each by default. Build first.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."
export VIDEO_DIRECTOR_FUZZ=${1:-1000000} VIDEO_DIRECTOR_SEED=${2:-1}
exec .build/debug/*PackageTests.xctest --testing-library swift-testing --filter FuzzTests
