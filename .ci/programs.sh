#!/usr/bin/env bash
# Installs what the suites against real programs need, on Debian: .ci/programs.sh FOLDER
# PostgreSQL, Prometheus 2, Alertmanager, blackbox_exporter, BIND and Chromium (with a font) come from this Debian's own
# packages, Prometheus 3, the newest Alertmanager and Docker Compose as unpacked files in FOLDER/prometheus-3 from Debian unstable (their newest
# versions, looked up and verified by apt itself).
# Starts nothing: a policy file keeps the packages from starting their services while they are installed.
set -euo pipefail
mkdir -p "$1"
folder=$(cd "$1" && pwd)

as_root=()
if [ "$(id -u)" != 0 ] && sudo -n true 2>/dev/null; then as_root=(sudo -n); fi

missing=()
need() { # need PACKAGE FILE…: the package is missing unless one of the files is there
  local package=$1 file
  shift
  for file in "$@"; do [ -e "$file" ] && return; done
  missing+=("$package")
}
need postgresql /usr/lib/postgresql/*/bin/pg_ctl
need prometheus /usr/bin/prometheus
need prometheus-blackbox-exporter /usr/bin/prometheus-blackbox-exporter
need prometheus-alertmanager /usr/bin/prometheus-alertmanager
need bind9 /usr/sbin/named
need iproute2 /sbin/ip /usr/sbin/ip /bin/ip
need chromium /usr/bin/chromium
need fonts-dejavu-core /usr/share/fonts/truetype/dejavu/DejaVuSans.ttf
need util-linux /usr/bin/unshare

quietly() { # its many words are shown only if it fails
  "$@" >"$folder/apt.log" 2>&1 || {
    cat "$folder/apt.log"
    exit 1
  }
}
apt() {
  quietly "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get -q -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=120 "$@"
}

if [ "${#missing[@]}" -gt 0 ]; then
  if [ "$(id -u)" != 0 ] && [ "${#as_root[@]}" = 0 ]; then
    echo "Not installed, and not to be installed by this user: ${missing[*]}" >&2
    exit 1
  fi
  policy=/usr/sbin/policy-rc.d
  if [ ! -e "$policy" ]; then
    trap '"${as_root[@]}" rm -f "$policy"' EXIT
    printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee "$policy" >/dev/null
    "${as_root[@]}" chmod 755 "$policy"
  fi
  apt update
  apt install --yes --no-install-recommends "${missing[@]}"
fi
echo "PostgreSQL: $(printf '%s\n' /usr/lib/postgresql/*/bin | sort -V | tail -n 1)"
echo "Prometheus 2: $(/usr/bin/prometheus --version 2>&1 | head -n 1)"
echo "blackbox_exporter: $(/usr/bin/prometheus-blackbox-exporter --version 2>&1 | head -n 1)"
echo "Alertmanager: $(/usr/bin/prometheus-alertmanager --version 2>&1 | head -n 1)"
echo "BIND: $(/usr/sbin/named -v)"
echo "Chromium: $(/usr/bin/chromium --version 2>/dev/null)"

# Grafana's own transformations, for results of queries: from the registry that npm uses here, exact by the lock file.
grafana=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/grafana
quietly npm ci --prefix "$grafana" --ignore-scripts --no-progress
echo "@grafana/data: $(node -p "require('$grafana/node_modules/@grafana/data/package.json').version")"

# An apt of its own for Debian unstable: from the mirror that this machine uses, with lists and cache in FOLDER,
# so that nothing of the machine changes and an ordinary user can do it. (apt fills in the $(REPO_URI).)
unstable=$folder/unstable
mkdir -p "$unstable"/{lists/partial,cache/archives/partial,parts} "$folder/prometheus-3"
# shellcheck disable=SC2016
mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Origin: Debian' 'Label: Debian' | head -n 1)
[ -n "$mirror" ] || {
  echo "apt names no Debian mirror" >&2
  exit 1
}
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
echo "deb [signed-by=$keyring] $mirror unstable main" >"$unstable/sources.list"
apt_unstable() { # a mirror may lag by weeks: the signature is checked, its age is not
  quietly apt-get -q -o "Dir::Etc::sourcelist=$unstable/sources.list" \
    -o "Dir::Etc::sourceparts=$unstable/parts" -o "Dir::State::lists=$unstable/lists" \
    -o "Dir::Cache=$unstable/cache" -o Acquire::Languages=none -o "APT::Sandbox::User=$(id -un)" \
    -o Acquire::Check-Valid-Until=false "$@"
}
apt_unstable update
cd "$unstable"
apt_unstable download prometheus promtool prometheus-alertmanager docker-compose
cd "$folder"
for package in "$unstable"/*.deb; do dpkg -x "$package" "$folder/prometheus-3"; done
rm -r "$unstable"
# Unpacked, not installed: that it starts shows that this Debian's C library is new enough for it.
echo "Prometheus 3: $("$folder/prometheus-3/usr/bin/prometheus" --version 2>&1 | head -n 1)"
echo "Alertmanager: $("$folder/prometheus-3/usr/bin/prometheus-alertmanager" --version 2>&1 | head -n 1)"
"$folder/prometheus-3/usr/bin/promtool" --version >/dev/null 2>&1
"$folder/prometheus-3/usr/libexec/docker/cli-plugins/docker-compose" version
