#!/usr/bin/env bash
# run.sh PROGRAM URL - the main job with what is plugged in: live, or the demo, and what to plug in next.
set -euo pipefail
program=$1 url=$2
host=${url#*://} port=${url##*:} host=${host%%:*}
controller=no obs=no
"$program" devices >/dev/null 2>&1 && controller=yes
(exec 3<>"/dev/tcp/$host/$port") 2>/dev/null && obs=yes
case $controller,$obs in
yes,yes) exec "$program" run --switcher "$url" ;;
yes,no)
  echo "No OBS at $url: driving a rehearsal in memory. Start OBS, and turn on Tools → WebSocket Server Settings."
  exec "$program" run
  ;;
esac
echo "No controller is plugged in: this is the shipped demo, a recorded session in a rehearsal."
echo
"$program" replay demo
echo
echo "Next:"
echo "  1. Plug in a Korg nanoKONTROL2:   $program devices"
[ $obs = yes ] || echo "  2. Start OBS, and turn on Tools → WebSocket Server Settings; put its password into OBS_WEBSOCKET_PASSWORD."
echo "  3. make run"
