#!/bin/sh
# sh apps/train/run.sh DATA OUT: both networks from the data to the packages; goes on where it stopped.
# DATA holds msd-tumour-slices and liver-lesion-shapes (or what `task03` wrote). PYTHON names the interpreter.
set -eu
data=$1
out=$2
python=${PYTHON:-python3}
cd "$(dirname "$0")"
export OMP_WAIT_POLICY=PASSIVE GOMP_SPINCOUNT=0

step() { nice -n 5 "$python" -m downstage_train "$@"; }

step train liver --data "$data" --out "$out/liver" --minutes "${LIVER_MINUTES:-45}"
step export liver --weights "$out/liver/weights.pt" --out "$out/package/liver"
step train lesion --data "$data" --out "$out/lesion" --liver "$out/package/liver/model.onnx" \
  --minutes "${LESION_MINUTES:-35}"
step export lesion --weights "$out/lesion/weights.pt" --out "$out/package/lesion"
step evaluate --data "$data" --liver "$out/package/liver" --lesion "$out/package/lesion" --out "$out/figures.json"
for network in liver lesion; do
  step card "$network" --figures "$out/figures.json" --run "$out/$network" --package "$out/package/$network"
done
