#!/usr/bin/env bash
# test-end-to-end.sh [KERNEL...] - the whole line: a nanoKONTROL2 on its cable and the product in a guest, a real OBS and
# an emulated ATEM here.
#
# Build first (swift build --build-tests). In the guest, 10.0.2.2 is this machine.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."
export FILTER=${FILTER:-EndToEndTests} VM_ENV="OBS_HOST OBS_PORT OBS_PASSWORD OBS_DIR ATEM_HOST ATEM_PORT" ATEM_HOST=10.0.2.2
# OBS's folder is the guest's scratch: what is written there is seen on the other side at once.
exec Tests/Rigs/run-obs.sh -l -- \
  bash -c 'OBS_HOST=10.0.2.2 VM_ARGUMENTS="-n -s $OBS_DIR" exec Tests/Rigs/run-atem.sh -d "$OBS_DIR" -- Tests/Rigs/test-guest.sh "$@"' - "$@"
