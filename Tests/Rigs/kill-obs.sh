#!/usr/bin/env bash
# kill-obs.sh [TIMES] - kill -9 of the OBS beside the built product, again and again: how much memory and how many files
# the product has each time that it is connected again. Build it first: swift build -c release --product video-director.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."
work=$(mktemp -d) port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
product=
trap 'kill $product 2>/dev/null || true; pkill -INT -P $$ || true; rm -rf "$work"' EXIT
: >"$work/log"
until_is() { for _ in $(seq 600); do eval "$1" && return; sleep 0.05; done; echo "kill-obs: waited in vain: $1" >&2; tail -3 "$work/log" >&2; exit 1; }
for number in $(seq "${1:-100}"); do
  Tests/Rigs/run-obs.sh -d "$work/obs" -p "$port" -w secret 2>"$work/rig" >&2 & rig=$!
  until_is 'grep -q READY "$work/rig"'
  if [ "$number" = 1 ]; then
    OBS_WEBSOCKET_PASSWORD=secret .build/release/video-director replay Tests/Rigs/silence.mid \
      --switcher "obs://127.0.0.1:$port" >"$work/log" 2>&1 & product=$!
  fi
  until_is '[ "$(grep -c "is connected" "$work/log")" -ge $number ]'
  echo "$number: $(awk '/VmRSS/ { print $2 }' /proc/$product/status) KB, $(ls /proc/$product/fd | wc -l) files"
  pkill -KILL -P $rig -x obs
  wait $rig 2>/dev/null || true
done
