#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Builds build/docs/html. Every public type is documented or this fails; a member whose name says
# everything needs no words.
set -euo pipefail
cd "$(dirname "$0")/.."
mkdir -p build/docs
doxygen docs/Doxyfile
if grep -vE 'Member .* is not documented|^ ' build/docs/warnings.txt; then
  echo 'docs: the warnings above are errors' >&2
  exit 1
fi
echo 'docs: build/docs/html/index.html'
