#!/usr/bin/env bash
# setup.sh run|test - installs the Debian packages that are missing, by name; with sudo where that is needed.
set -euo pipefail
packages=(libasound2-dev pkg-config)
if [ "${1:-}" = test ]; then
  packages+=(obs-studio xvfb libgl1-mesa-dri ffmpeg xdotool)
  # Of the mapping editor: its pictures, its schema, its completion.
  packages+=(librsvg2-bin libxml2-utils w3c-sgml-lib poppler-utils fonts-dejavu-core python3-jsonschema python3-yaml zsh fish strace patch)
  packages+=(qemu-system-x86 busybox-static kmod xz-utils alsa-utils e2fsprogs python3-venv valgrind)
fi
command -v swift >/dev/null || { echo "setup: there is no swift: install Swift 6.3 or later from swift.org" >&2; exit 1; }
missing=()
for package in "${packages[@]}"; do
  dpkg-query -W -f '${db:Status-Abbrev}' "$package" 2>/dev/null | grep -q '^ii' || missing+=("$package")
done
[ ${#missing[@]} = 0 ] && [ -n "$(find /var/lib/apt/lists -name '*_Packages*' -print -quit 2>/dev/null)" ] && exit 0
command -v apt-get >/dev/null || {
  echo "setup: this is no Debian or Ubuntu: install what these packages hold: ${packages[*]}" >&2
  exit 1
}
sudo=
[ "$(id -u)" = 0 ] || sudo=sudo
echo "setup: installing ${missing[*]:-the package lists}" >&2
log=$(mktemp)
export DEBIAN_FRONTEND=noninteractive
{ $sudo apt-get update -q && { [ ${#missing[@]} = 0 ] ||
  $sudo apt-get install -q -y --no-install-recommends "${missing[@]}"; }; } >"$log" 2>&1 || {
  tail -20 "$log" >&2
  echo "setup: apt-get could not install ${missing[*]:-}: see above" >&2
  exit 1
}
rm -f "$log"
