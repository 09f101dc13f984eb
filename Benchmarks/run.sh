#!/usr/bin/env bash
# run.sh [--json] - measures everything, prints the table, and writes it into docs/performance.md. Build first: make bench
# does both. PEER='command' measures another program beside the product. Ends with 1 where a step could not be measured.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
bench=.build/release/bench product=.build/release/video-director
kernel=${KERNEL:-linux-image-amd64}
figures=$(mktemp) work=$(mktemp -d) failed=0
trap 'rm -rf "$figures" "$work"' EXIT
# step ROW NAME COMMAND...: one that fails is a line of the table too.
step() {
  local row=$1 name=$2
  shift 2
  echo "== $name" >&2
  "$@" >>"$figures" && return
  echo "bench: failed: $name: $*" >&2
  failed=1
  $bench figure --row "$row" --what "failed: $name" --unit "" --failed >>"$figures"
}

cc -O2 -o .build/floor Benchmarks/floor.c -lasound
# Rows 1, 3, 4: a real sequencer, in a guest of one CPU.
guest() { VM_KERNEL=$kernel Tests/Rigs/vm-run.sh -t 300 -c 1 -M snd_seq,snd_seq_dummy "$@"; }
# The emulated CPU takes a quarter of a full MIDI cable.
step 1 "press to wire, in the guest" guest -- $bench press --interval 3840
[ ! -e /dev/snd/seq ] || step 1 "press to wire, here" $bench press
step 2 "the line" $bench line
step 2 "the parts of the line" $bench stages
step 3 "on a real OBS" Tests/Rigs/run-obs.sh -- $bench air
# A host need not have a sequencer: `replay` is `run` without one, and two hours of silence are the hand on the desk.
on_host() {
  Tests/Rigs/run-obs.sh -- bash -c "exec $bench process $* --ready 'is connected' --note ', host, no controller' -- \
    $product replay Tests/Rigs/silence.mid --switcher obs://\$OBS_HOST:\$OBS_PORT"
}
step 6 "start and size" on_host --starts 20 --idle 0
# Row 5 with all that a show has: a controller on its cable in the guest, the OBS outside it.
idle_in_guest() {
  OBS_HOST=10.0.2.2 VM_KERNEL=$kernel VM_ENV="OBS_HOST OBS_PORT OBS_PASSWORD" Tests/Rigs/vm-run.sh -c 1 -n \
    -M snd_seq,snd_seq_dummy,vhci_hcd,snd_usb_audio -- bash -c \
    "(echo plug; sleep 600) | python3 Tests/Rigs/fake_nanokontrol2.py >/dev/null &
     exec $bench process --starts 0 --idle 60 --ready 'is connected' --note ', guest, controller on its cable' -- \
       $product run --switcher obs://\$OBS_HOST:\$OBS_PORT"
}
peer_in_guest() {
  OBS_HOST=10.0.2.2 VM_KERNEL=$kernel VM_ENV="OBS_HOST OBS_PORT OBS_PASSWORD" Tests/Rigs/vm-run.sh -t 600 -c 1 -n \
    -M snd_seq,snd_seq_dummy -- bash -c "exec $bench peer -- $PEER"
}
export -f idle_in_guest peer_in_guest
export bench product kernel
# Side by side, for both do nothing, and what they do is counted by the process.
idle() {
  Tests/Rigs/run-obs.sh -- bash -c idle_in_guest >"$work/idle" & local guest=$!
  on_host --starts 0 --idle 60
  wait $guest || return 1
  cat "$work/idle"
}
step 5 "idle, here and in the guest" idle
if [ -n "${PEER:-}" ] && [ -e /dev/snd/seq ]; then
  step 1 "a peer" Tests/Rigs/run-obs.sh -- bash -c "exec $bench peer -- $PEER"
elif [ -n "${PEER:-}" ]; then
  step 1 "a peer, in the guest" Tests/Rigs/run-obs.sh -- bash -c peer_in_guest
fi
strip -o "$work/stripped" $product
step 6 "binary" $bench figure --row 6 --what "binary, stripped" --unit MB -- \
  "$(stat -c %s "$work/stripped" | awk '{print $1 / 1e6}')"
step 6 "allocations" $bench allocations
step 7 "growth" $bench growth --plot docs/performance-growth.svg
instructions() {
  local count
  count=$(EVENTS=50 Benchmarks/instructions.sh $bench "$1") || return 1
  $bench figure --row 8 --what "instructions, $1" --unit "per event" -- "$count"
}
# Two at a time: instructions do not mind.
both() {
  instructions "$1" >"$work/first" & local first=$!
  instructions "$2" || return 1
  wait $first || return 1
  cat "$work/first"
}
step 8 "instructions" both press out
step 8 "instructions" both move back

cpu=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1)
commit=$(git rev-parse --short HEAD 2>/dev/null || echo unknown)
[ -z "$(git status --porcelain --untracked-files=no -- Sources Benchmarks Package.swift 2>/dev/null)" ] || commit+=" with changes"
header="$(LC_ALL=C date '+%-d %B %Y, %H:%M'), commit $commit, \`make bench\`, $((SECONDS / 60)) min $((SECONDS % 60)) s without the build; \
$cpu, $(nproc) CPUs, load $(cut -d' ' -f1 /proc/loadavg) at the end, Linux $(uname -r), $(swift --version 2>/dev/null | grep -o 'Swift version [0-9.]*'); \
$(obs --version 2>/dev/null | head -1); guest: QEMU, $kernel."
$bench table --header "$header" --into docs/performance.md "$@" <"$figures"
exit $failed
