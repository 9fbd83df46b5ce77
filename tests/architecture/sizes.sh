#!/bin/sh
# Sources stay readable: at most 400 lines a file.   sizes.sh ROOT
cd "$1" || exit 2
find modules apps tests \( -name '*.cpp' -o -name '*.hpp' \) -exec wc -l {} + |
  awk '$2 != "total" && $1 > 400 { print $2 " has " $1 " lines; split it by its ideas"; bad = 1 } END { exit bad }'
