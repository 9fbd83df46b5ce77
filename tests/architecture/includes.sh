#!/bin/sh
# Every rule of dependency: one library, one home; a module includes only the modules it may use; no third-party
# header in a public one. Prints each breach; exit 0 only without any.   includes.sh [ROOT]
cd "${1:-.}" || exit 2
bad=0

# home PATTERN PLACE: headers that match PATTERN are included only below PLACE.
home() {
  if grep -rnE "#include [<\"]$1" modules apps --include='*.?pp' | grep -vE "^$2"; then
    echo "^ <$1...> may be included only in $2" >&2
    bad=1
  fi
}
home 'itk'       'modules/imaging/src/'
home 'dcmtk/'    'modules/dicom/src/'
home 'openjpeg'  'modules/dicom/src/'
home 'archive'   'modules/dicom/src/'
home 'openssl/'  'modules/(dicom|inference)/src/'
home 'opencv2/'  'modules/(report|inference)/src/'
home 'nlohmann/' '(modules/documents/src/|apps/phantom/|apps/evaluate/)'
home 'CLI/'      '(apps/downstage/command_line|apps/phantom/[a-z_]*|apps/evaluate/main)\.cpp'

# may MODULE USED...: the modules a module may include, beside itself.
may() {
  module=$1
  shift
  allowed=$(echo "$module $*" | tr ' ' '|')
  [ -d "modules/$module" ] || { echo "modules/$module is named here but is not there" >&2; bad=1; return; }
  if grep -rnE '#include "downstage/' "modules/$module" --include='*.?pp' | grep -vE "#include \"downstage/($allowed)/"; then
    echo "^ $module may include only: $module $*" >&2
    bad=1
  fi
}
may core
may dicom core
may imaging core
may inference core
may measurement core
may criteria core
may documents core
may cohort core
may evaluation core
may report core
may phantom core
may segmentation core imaging inference
may pipeline core dicom imaging inference measurement criteria documents report segmentation

# Every module has its rule above.
for folder in modules/*/; do
  name=$(basename "$folder")
  grep -qE "^may $name( |\$)" "$0" || { echo "$folder has no rule in includes.sh" >&2; bad=1; }
done

# Apps include modules by their public headers only.
if grep -rnE '#include ".*(modules|src)/' modules apps --include='*.?pp'; then
  echo "^ only public headers may be included from elsewhere" >&2
  bad=1
fi
exit $bad
