#!/bin/sh
# clang-tidy on every source that includes no ITK (Debian's ITK refuses clang), two at a time.   tidy.sh BUILD [tests]
# tests/tidy_debts.txt names the files that are not clean yet or were not checked since they were written: only ever shorten it.
# With `tests` the unit tests are checked, too: as many minutes again, so the daily run leaves them to who changes them.
# A file is checked again only when it, a header or the configuration has changed since it last passed.
set -eu
build=$1
passed=$build/tidy
mkdir -p "$passed"
common=$(git ls-files '*.hpp' '*.clang-tidy' | xargs cat | sha256sum | cut -c1-16)
export build passed common
[ "${2:-}" = tests ] && set -- 'tests/unit/*.cpp' 'tests/integration/*.cpp' || set --
git ls-files 'modules/*.cpp' 'apps/*.cpp' "$@" | grep -v '^modules/imaging/' | grep -vxFf tests/tidy_debts.txt |
  xargs -P "$(nproc)" -I{} sh -c '
    stamp=$passed/$(echo "$common $(sha256sum {})" | sha256sum | cut -c1-32)
    [ -e "$stamp" ] && exit 0
    clang-tidy-19 --quiet --extra-arg=-Wno-unknown-warning-option -p "$build" {} >"$stamp.log" 2>/dev/null && mv "$stamp.log" "$stamp" && exit 0
    cat "$stamp.log"; rm -f "$stamp.log"; exit 1'
