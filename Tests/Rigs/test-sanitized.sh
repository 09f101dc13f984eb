#!/usr/bin/env bash
# test-sanitized.sh thread|address - builds everything with a sanitizer, each in a place of its own, and runs the unit and
# conformance tests with it; what they start of the product is built with it too. A finding fails the run.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."
kind=${1:?thread or address}
# Without debug information the build takes two thirds of the time; what is found is named by function.
swift build --build-tests --sanitize "$kind" --scratch-path ".build-$kind" -Xswiftc -gnone --quiet
export NO_COLOR=1 TSAN_OPTIONS=halt_on_error=1 ASAN_OPTIONS=detect_leaks=0
# Apart from what measures: times and instructions under a sanitizer say nothing of the product.
exec .build-"$kind"/debug/*PackageTests.xctest --testing-library swift-testing --no-parallel \
  --skip '^(OBSLiveTests|SequencerGuestTests|EndToEndTests|BenchmarkTests)\.' \
  --skip 'FuzzTests|MappingEditTests|FileEditTests|ContentTreeTests/many|ShowCommandTests/many'
