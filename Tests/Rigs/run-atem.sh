#!/usr/bin/env bash
# run-atem.sh -d DIR [-r RECORDING] -- COMMAND [ARG...]: an emulated ATEM beside a test run.
#
#   -d DIR        what happens in it stands in DIR/atem.log; while there is a file DIR/atem.off, its power is gone
#   -r RECORDING  which switcher it is; default: the Mini of ../shared/data/atem
#   COMMAND       run with ATEM_HOST and ATEM_PORT set, or without them where there is no recording
#
# The emulator has to be built (swift build --build-tests).
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."
dir= recording=../shared/data/atem/mini-v8.1.1.data
while getopts d:r: o; do case $o in d) dir=$OPTARG ;; r) recording=$OPTARG ;; *) exit 64 ;; esac; done
shift $((OPTIND - 1))
[ -r "$recording" ] || { echo "run-atem: no $recording: what needs an ATEM is skipped" >&2; exec "$@"; }

ATEM_PORT=$(python3 -c 'import socket; s=socket.socket(type=socket.SOCK_DGRAM); s.bind(("127.0.0.1",0)); print(s.getsockname()[1])')
export ATEM_HOST=${ATEM_HOST:-127.0.0.1} ATEM_PORT
: >"$dir/atem.log"; rm -f "$dir/atem.off"
emulator=
power() { # as long as this script lives
  trap 'kill -KILL $emulator 2>/dev/null' EXIT; trap 'exit 0' TERM
  while kill -0 $$ 2>/dev/null; do
    if [ -e "$dir/atem.off" ]; then
      [ -z "$emulator" ] || { kill -KILL "$emulator"; wait "$emulator" 2>/dev/null || :; emulator=; }
    elif [ -z "$emulator" ]; then
      .build/debug/atem-emulator "$recording" --port "$ATEM_PORT" >>"$dir/atem.log" & emulator=$!
    fi
    sleep 0.05
  done
}
power & supply=$!
trap 'kill $supply 2>/dev/null; wait $supply 2>/dev/null || :' EXIT
trap 'exit 143' TERM; trap 'exit 130' INT
for _ in $(seq 200); do grep -q "listens on" "$dir/atem.log" && break; sleep 0.05; done
grep -q "listens on" "$dir/atem.log" || { echo "run-atem: the emulator did not start" >&2; exit 1; }
"$@" & command=$!
wait $command
