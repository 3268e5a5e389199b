#!/usr/bin/env bash
# Runs a command with TEST_DATABASE_URL pointing to a throw-away PostgreSQL cluster on loopback:
#   .ci/with-postgres.sh COMMAND [ARGUMENT …]
# The cluster belongs to an unprivileged user (initdb refuses root), listens on a free port, and goes at the end.
set -euo pipefail

newest() { printf '%s\n' "$@" | sort -V | tail -n 1; }
bin=$(newest /usr/lib/postgresql/*/bin)
[ -x "$bin/pg_ctl" ] || {
  echo "No PostgreSQL server found; on Debian: apt-get install postgresql" >&2
  exit 2
}

folder=$(mktemp -d "${TMPDIR:-/tmp}/hatangso-postgres.XXXXXX")
as_owner=()
if [ "$(id -u)" = 0 ]; then
  chown postgres "$folder"
  as_owner=(setpriv --reuid=postgres --regid=postgres --clear-groups)
fi
pg() { (cd "$folder" && "${as_owner[@]}" "$bin/$1" "${@:2}" >>"$folder/log" 2>&1); }

finish() {
  pg pg_ctl -D "$folder/data" -m immediate -w stop || true
  rm -rf "$folder"
}
trap finish EXIT
trap 'exit 130' INT TERM
fail() {
  cat "$folder/log" >&2
  exit 1
}

pg initdb -D "$folder/data" -U hatangso --auth=trust --encoding=UTF8 --no-locale --no-sync || fail
# Between asking for a free port and taking it another program may take it: then try the next.
free_port='const s = require("node:net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })'
for attempt in 1 2 3 4 5; do
  port=$(node -e "$free_port")
  # Nothing here survives the run, so nothing waits for the disk.
  options="-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$folder"
  options="$options -c fsync=off -c full_page_writes=off -c synchronous_commit=off"
  pg pg_ctl -D "$folder/data" -o "$options" -l "$folder/server.log" -w start && break
  [ "$attempt" -lt 5 ] || fail
done

code=0
TEST_DATABASE_URL="postgres://hatangso@127.0.0.1:$port/postgres" "$@" || code=$?
exit "$code"
