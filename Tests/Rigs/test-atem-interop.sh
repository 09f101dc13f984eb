#!/bin/sh
# test-atem-interop.sh [DUMP...]: clients from PyPI on our emulated ATEMs; see atem-interop.py.
# test-atem-interop.sh -i: only fetches them.
# Without arguments: all recordings beside the project. Needs python3 with venv, and a built atem-emulator.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
emulator=${ATEM_EMULATOR:-$root/.build/debug/atem-emulator}
fetch=
[ "${1:-}" = -i ] && { fetch=1; shift; }
[ -x "$emulator" ] || { echo "$emulator is missing: swift build --build-tests" >&2; exit 2; }
if [ $# = 0 ]; then
  set -- "$root"/../shared/data/atem/*.data
  [ -e "$1" ] || { echo "no recordings in $root/../shared/data/atem: nothing tested" >&2; exit 0; }
fi
venv=${ATEM_VENV:-${TMPDIR:-/tmp}/video-director-atem-venv}
[ -x "$venv/bin/python" ] || python3 -m venv "$venv"
"$venv/bin/pip" -q --disable-pip-version-check install PyATEMMax==1.0b9 pyatem==0.10.0 pyusb==1.3.1 bmdwire==1.6.0
[ -z "$fetch" ] || exit 0
exec "$venv/bin/python" "$here/atem-interop.py" "$emulator" "$@"
