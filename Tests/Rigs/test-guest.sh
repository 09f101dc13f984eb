#!/bin/bash
# test-guest.sh [KERNEL...] - run the built tests that need the real ALSA sequencer, in a guest of each kernel.
# Build first (swift build --build-tests). KERNEL is a Debian kernel package; both generations of port names by default.
# FILTER chooses other tests, BUNDLE another copy of them; VM_ARGUMENTS are more of vm-run.sh's; VM_ENV names variables to pass on. Fails if any kernel's tests fail.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."
[ $# -gt 0 ] || set -- linux-image-amd64 linux-image-6.12-amd64
bundle=${BUNDLE:-$(echo .build/debug/*PackageTests.xctest)}
[ -x "$bundle" ] || { echo "test-guest: no test bundle: run swift build --build-tests first" >&2; exit 1; }
export VIDEO_DIRECTOR_GUEST=1 VM_ENV="VIDEO_DIRECTOR_GUEST NO_COLOR ${VM_ENV:-}"
[ -t 1 ] || export NO_COLOR=1
failed=()
for kernel; do
  echo "== $kernel"
  VM_KERNEL=$kernel Tests/Rigs/vm-run.sh ${VM_ARGUMENTS:-} -c 1 -M snd_seq,snd_seq_dummy,vhci_hcd,snd_usb_audio,loop,ext4 -- \
    "$bundle" --testing-library swift-testing --filter "${FILTER:-SequencerGuestTests}" || failed+=("$kernel")
done
[ ${#failed[@]} = 0 ] || { echo "test-guest: failed on ${failed[*]}" >&2; exit 1; }
