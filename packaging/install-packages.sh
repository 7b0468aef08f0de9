#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Installs what is missing of debian-packages.txt: install-packages.sh [SECTION…], all by default.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
web=$here/../tests/e2e/web

# Prints the packages of the sections asked for, but those made unnecessary by a command or file.
wanted() {
  local section='' package instead
  while read -r package instead; do
    case $package in
      '' | '#'*) continue ;;
      '['*) section=${package//[\[\]]/} && continue ;;
    esac
    [[ $1 == all || " $1 " == *" $section "* ]] || continue
    [[ -n $instead ]] && { [[ -e $instead ]] || command -v "$instead" >/dev/null; } && continue
    echo "$package"
  done <"$here/debian-packages.txt"
}

missing() {
  comm -23 <(wanted "$1" | sort) \
    <(dpkg-query -W -f='${db:Status-Status} ${Package}\n' | sed -n 's/^installed //p' | sort -u)
}

install_packages() {
  local install=(apt-get install -y --no-install-recommends --no-remove "$@") root=()
  if [[ $EUID -ne 0 ]]; then
    if ! sudo -n true 2>/dev/null; then
      printf 'vcsr needs packages that are not installed, and this is not root. Run:\n\n' >&2
      printf '  sudo apt-get update && sudo apt-get install --no-install-recommends %s\n\n' "$*" >&2
      exit 1
    fi
    root=(sudo -n)
  fi
  echo "deps: installing $*"
  "${root[@]}" apt-get update -q || echo 'deps: apt-get update failed, trying with the lists there are' >&2
  "${root[@]}" env DEBIAN_FRONTEND=noninteractive "${install[@]}"
}

# The browser tests' packages, exactly as their lock file names them.
install_web() {
  [[ -f $web/package.json ]] || return 0
  [[ $web/node_modules/.package-lock.json -nt $web/package-lock.json ]] && return 0
  echo 'deps: npm ci in tests/e2e/web'
  (cd "$web" && npm ci --no-audit --no-fund --ignore-scripts && touch node_modules/.package-lock.json)
}

if ! command -v apt-get >/dev/null; then
  echo 'deps: no apt-get here; packaging/debian-packages.txt names what is needed' >&2
  exit 1
fi
sections=${*:-all}
mapfile -t packages < <(missing "$sections")
[[ ${#packages[@]} -eq 0 ]] || install_packages "${packages[@]}"
[[ $sections != all && " $sections " != *' test '* ]] || install_web
