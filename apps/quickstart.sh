#!/bin/sh
# Installs what is needed, builds Downstage, measures the sample study and a phantom, and says where the reports are.
#   sh apps/quickstart.sh [FOLDER]     results go into FOLDER (default: ./out)
set -eu
top=$(cd "$(dirname "$0")/.." && pwd)
out=$(mkdir -p "${1:-out}" && cd "${1:-out}" && pwd)
cd "$top"
sh apps/install.sh
cmake --preset dev -DDOWNSTAGE_TESTS=OFF >/dev/null
cmake --build --preset dev
bin=build/dev/bin
rm -rf "$out/phantom-study"
"$bin/downstage-phantom" testdata/phantoms/two_lesions.json -o "$out/phantom-study"
"$bin/downstage" measure "$out/phantom-study" -o "$out/phantom"
"$bin/downstage" measure testdata/sample/study -o "$out/sample"
echo
echo "The report of the sample study: $out/sample/report.html"
echo "The report of the phantom, whose truth is in $out/phantom-study/truth.json: $out/phantom/report.html"
