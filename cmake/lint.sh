#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# lint.sh BUILD_DIR JOBS: formatting, layers and style, clang-tidy. Runs all three, then fails if any did.
set -uo pipefail
cd "$(dirname "$0")/.."
build=$1 jobs=$2 failed=()

# shellcheck disable=SC2046
ours() { find include src tests $(ls -d examples bindings bench 2>/dev/null) -name node_modules -prune -o -name '*.[ch]pp' -print0; }

step() {
  local name=$1 start=$SECONDS
  shift
  if "$@"; then
    echo "lint: $name: clean ($((SECONDS - start)) s)"
  else
    echo "lint: $name: FAILED ($((SECONDS - start)) s)"
    failed+=("$name")
  fi
}

formatted() {
  # shellcheck disable=SC2016
  ours | xargs -0 -n 20 -P "$jobs" bash -c '
    for file; do
      clang-format --dry-run -Werror "$file" 2>/dev/null || { echo "$file: run clang-format -i"; bad=1; }
    done
    exit "${bad:-0}"' each
}

# Asio's own sources are not ours to mend. Only findings are printed, not the list of commands.
tidy() {
  local runner
  runner=$(command -v run-clang-tidy run-clang-tidy-14 | head -1)
  local log=$build/clang-tidy.log
  "$runner" -quiet -p "$build" -j "$jobs" "^$PWD/src/(?!base/asio\.cpp$)" >"$log" 2>"$log.err" && return 0
  sed 's/\x1b\[[0-9;]*m//g' "$log" | grep -E '(warning|error): |^ ' || tail -20 "$log.err"
  return 1
}

step 'clang-format' formatted
step 'style' python3 cmake/check_style.py
step 'clang-tidy' tidy
if [[ ${#failed[@]} -gt 0 ]]; then
  printf 'lint: failed: %s\n' "${failed[*]}" >&2
  exit 1
fi
