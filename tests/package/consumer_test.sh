#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# consumer_test.sh BUILD_DIR COMPILER: installs vcsr into a folder of its own, moves it, and builds
# a program against it with find_package, another with pkg-config.
set -euo pipefail
build=$1 compiler=$2
consumer=$(cd "$(dirname "$0")/consumer" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

quietly() { "$@" >"$work/log" 2>&1 || { cat "$work/log" && exit 1; }; }

quietly cmake --install "$build" --prefix "$work/first"
mv "$work/first" "$work/moved"
prefix=$work/moved
library=$(find "$prefix" -name 'libvcsr.so.*.*.*')
libdir=$(dirname "$library")

said() {
  [[ $("$1") == 'a day later: hello' ]] || { echo "$2: the program did not say hello"; exit 1; }
  echo "$2: a program builds and runs"
}

quietly cmake -S "$consumer" -B "$work/build" -G Ninja -DCMAKE_PREFIX_PATH="$prefix" \
  -DCMAKE_CXX_COMPILER="$compiler"
quietly cmake --build "$work/build"
said "$work/build/consumer" find_package

export PKG_CONFIG_PATH=$libdir/pkgconfig
read -ra flags <<<"$(pkg-config --cflags --libs vcsr)"
"$compiler" -std=c++20 "$consumer/main.cpp" "${flags[@]}" "-Wl,-rpath,$libdir" -o "$work/by_pkg_config"
said "$work/by_pkg_config" pkg-config

# Only our own names leave the library: a program may bring a Boost or a JSON of its own.
if nm -DC --defined-only "$library" | grep -v ' vcsr::\| for vcsr::\| to vcsr::' | grep .; then
  echo 'symbols: the library shows what is inside it'
  exit 1
fi
echo 'symbols: only our own'
if find "$prefix" -name '*.a' | grep .; then
  echo 'files: no archive belongs into the package'
  exit 1
fi
