#!/bin/sh
# Makes the secrets that compose.yaml names, once: sh docs/deployment/make-secrets.sh [FOLDER, default ./secrets]
# What exists is kept, so it can be run again after an upgrade that asks for more.
# Other users of this machine can't enter the folder. The files in it can be read by anybody who can, because Docker
# mounts each with the owner and mode that it has here, and the programs in the containers are other users.
set -eu
folder=${1:-secrets}
umask 077
mkdir -p "$folder"
chmod 700 "$folder"

# 32 bytes in hexadecimal digits: nothing in it that a URL would need to escape.
random() { od -An -N32 -tx1 /dev/urandom | tr -d ' \n'; }

# keep NAME TEXT: writes a file unless it is there; whole or not at all.
keep() {
  [ ! -e "$folder/$1" ] || return 0
  printf '%s\n' "$2" >"$folder/.$1"
  chmod 444 "$folder/.$1"
  mv "$folder/.$1" "$folder/$1"
  echo "made $folder/$1"
}

keep postgres-password "$(random)"
keep hatangso.env "DATABASE_URL=postgres://hatangso:$(cat "$folder/postgres-password")@postgres:5432/hatangso"
keep grafana-admin-password "$(random)"
keep grafana-postgres-password "$(random)"
# What only you know: until you put it in, Alertmanager has nobody to send to.
for receiver in smtp-password duty-token heartbeat-token; do
  keep "alertmanager-$receiver" "to-be-filled-in"
done
