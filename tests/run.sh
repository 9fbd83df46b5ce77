#!/bin/sh
# Installs what is needed, builds everything with warnings as errors, and runs every check and test. Ends with ctest's
# own closing line. On a Debian 12 with a compiler, cmake and ninja, as root.
set -eu
top=$(cd "$(dirname "$0")/.." && pwd)
cd "$top"
step() { printf '\n== %s (%s)\n' "$1" "$(date +%H:%M:%S)"; }

step 'packages'
sh apps/install.sh

step 'format'
git ls-files '*.cpp' '*.hpp' | xargs clang-format-19 --dry-run --Werror

step 'build'
cmake --preset ci
cmake --build --preset ci

step 'tidy'
sh tests/tidy.sh build/ci

step 'unit tests under address and undefined-behaviour sanitizers'
cmake --preset asan >/dev/null
cmake --build --preset asan
ctest --preset asan --quiet --output-log build/asan/tests.log || { cat build/asan/tests.log; exit 1; }
tail -n 3 build/asan/tests.log

step 'tests'
ctest --preset ci
