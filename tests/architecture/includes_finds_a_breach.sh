#!/bin/sh
# includes.sh must fail on each kind of breach: a test that cannot fail is a defect.   includes_finds_a_breach.sh ROOT
root=$1
copy=$(mktemp -d) || exit 2
trap 'rm -rf "$copy"' EXIT
cp -r "$root/modules" "$root/apps" "$copy/"
check() { sh "$root/tests/architecture/includes.sh" "$copy" >/dev/null 2>&1; }

check || { echo "the tree as it is does not pass"; exit 1; }
breach() { # FILE LINE
  cp "$copy/$1" "$copy/saved"
  printf '%s\n' "$2" >>"$copy/$1"
  if check; then echo "not found: $2 in $1"; exit 1; fi
  mv "$copy/saved" "$copy/$1"
}
breach modules/core/include/downstage/core/space.hpp '#include <itkImage.h>'
breach modules/dicom/include/downstage/dicom/scan.hpp '#include <dcmtk/dcmdata/dctk.h>'
breach modules/core/src/space.cpp '#include "downstage/dicom/scan.hpp"'
breach modules/criteria/include/downstage/criteria/milan.hpp '#include "downstage/measurement/lesion.hpp"'
breach modules/pipeline/src/study.cpp '#include <nlohmann/json.hpp>'
breach apps/downstage/main.cpp '#include <CLI/CLI.hpp>'
