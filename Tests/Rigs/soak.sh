#!/usr/bin/env bash
# soak.sh [MINUTES] - the release build at show pace (SoakTests.swift): a controller in a guest, whose cable is pulled, and a
# real OBS here, which is killed. 120 minutes; prints what was done, lost and kept after each.
#
# Build first: swift build --build-tests; swift build -c release --product video-director. Both are copied: the tree may change meanwhile.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."
minutes=${1:-120}
work=$(mktemp -d) password=$(od -An -N12 -tx1 /dev/urandom | tr -d ' \n')
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
mkdir "$work/bin" "$work/obs"
cp .build/debug/*PackageTests.xctest .build/release/video-director "$work/bin"

# OBS, as often as it dies; it is killed when somebody makes the file `kill`, and starts when that is gone.
keep_obs() {
  trap 'kill $rig; wait $rig; exit' TERM
  while :; do
    while [ -e "$work/obs/kill" ]; do sleep 0.05; done
    Tests/Rigs/run-obs.sh -l -d "$work/obs" -p "$port" -w "$password" 2>"$work/rig" >&2 & rig=$!
    while kill -0 $rig 2>/dev/null; do
      [ ! -e "$work/obs/kill" ] || pkill -KILL -P $rig -x obs || true
      sleep 0.05
    done
    wait $rig || true
  done
}
keep_obs & supply=$!
trap 'kill $supply; wait $supply || true; rm -rf "$work"' EXIT
for _ in $(seq 600); do grep -qs READY "$work/rig" && break; sleep 0.05; done
grep -qs READY "$work/rig" || { echo "soak: OBS did not start:" >&2; tail -5 "$work/rig" >&2; exit 1; }
export OBS_HOST=10.0.2.2 OBS_PORT=$port OBS_PASSWORD=$password OBS_DIR=$work/obs VIDEO_DIRECTOR_SOAK=$minutes
BUNDLE=$(echo "$work"/bin/*.xctest) FILTER=SoakTests VM_ENV="OBS_HOST OBS_PORT OBS_PASSWORD OBS_DIR VIDEO_DIRECTOR_SOAK" \
  VM_ARGUMENTS="-t $((minutes * 90 + 600)) -n -s $work/obs" Tests/Rigs/test-guest.sh "${KERNEL:-linux-image-amd64}"
