#!/bin/sh
# Prints the figures of speed: measuring fifty lesions; patients assessed; loading beside dcm2niix; slices through the networks; the whole
# line on 512 x 512 x 120 with its peak memory. Gates nothing.   sh tests/bench/run.sh [BUILD]     (default build/dev)
set -eu
cd "$(dirname "$0")/../.."
bin=${1:-build/dev}/bin
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
"$bin/measurement_bench"
"$bin/response_bench"
"$bin/load_bench"
"$bin/inference_bench"
"$bin/downstage-phantom" tests/bench/study_512x512x120.json -o "$scratch/study"
echo 'downstage measure, 512 x 512 x 120:'
/usr/bin/python3 - "$bin/downstage" "$scratch" <<'P'
import resource, subprocess, sys, time
begin = time.monotonic()
subprocess.run([sys.argv[1], "measure", sys.argv[2] + "/study", "-o", sys.argv[2] + "/out"], check=True)
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
print(f"{time.monotonic() - begin:.1f} s, {peak:.0f} MiB at the peak")
P
