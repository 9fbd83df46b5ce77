#!/bin/sh
# Installs the Debian 12 packages of packages.txt that are not there yet. Needs root when there is one to install.
set -eu
top=$(cd "$(dirname "$0")/.." && pwd)
missing=""
while read -r package; do
  dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || missing="$missing $package"
done <"$top/packages.txt"
[ -n "$missing" ] || exit 0
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
# shellcheck disable=SC2086  # the list is meant to be split
apt-get install -y -qq --no-install-recommends -o DPkg::Lock::Timeout=300 $missing
