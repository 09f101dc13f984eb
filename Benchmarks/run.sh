#!/usr/bin/env bash
# run.sh [--json] - measures everything, prints the table. Build first: make bench does both.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
bench=.build/release/bench product=.build/release/video-director
kernel=${KERNEL:-linux-image-amd64}
figures=$(mktemp) work=$(mktemp -d)
trap 'rm -rf "$figures" "$work"' EXIT
step() { echo "== $1" >&2; shift; "$@" >>"$figures" || echo "bench: failed: $*" >&2; }

cc -O2 -o .build/floor Benchmarks/floor.c -lasound
# Rows 1, 3: a real sequencer, in a guest of one CPU.
guest() { VM_KERNEL=$kernel Tests/Rigs/vm-run.sh -c 1 -M snd_seq,snd_seq_dummy "$@"; }
step "press to wire, in the guest" guest -- $bench press
step "the line" $bench line
# A host need not have a sequencer: `replay` is `run` without one, and two hours of silence are the hand on the desk.
step "on a real OBS" Tests/Rigs/run-obs.sh -- $bench air
step "start and size" Tests/Rigs/run-obs.sh -- bash -c \
  "exec $bench process --starts 20 --idle 60 --ready 'is connected' --note ', host, no controller' -- $product replay Tests/Rigs/silence.mid --switcher obs://\$OBS_HOST:\$OBS_PORT"
# Row 5 with all that a show has: a controller on its cable in the guest, the OBS outside it.
idle_in_guest() {
  OBS_HOST=10.0.2.2 VM_KERNEL=$kernel VM_ENV="OBS_HOST OBS_PORT OBS_PASSWORD" Tests/Rigs/vm-run.sh -c 1 -n \
    -M snd_seq,snd_seq_dummy,vhci_hcd,snd_usb_audio -- bash -c \
    "(echo plug; sleep 600) | python3 Tests/Rigs/fake_nanokontrol2.py >/dev/null &
     exec $bench process --starts 0 --idle 60 --ready 'is connected' --note ', guest, controller on its cable' -- \
       $product run --switcher obs://\$OBS_HOST:\$OBS_PORT"
}
export -f idle_in_guest
export bench product kernel
step "idle, in the guest" Tests/Rigs/run-obs.sh -- bash -c idle_in_guest
step "binary" $bench figure --row 6 --what "binary, stripped" --unit MiB -- \
  "$(strip -o "$work/stripped" $product && stat -c %s "$work/stripped" | awk '{print $1 / 1048576}')"
step "allocations" $bench allocations
step "growth" $bench growth --plot docs/performance-growth.svg
for work_of in press move; do
  step "instructions" $bench figure --row 8 --what "instructions, $work_of" --unit "per event" -- \
    "$(Benchmarks/instructions.sh $bench $work_of)"
done
$bench table "$@" <"$figures"
