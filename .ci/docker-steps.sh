#!/usr/bin/env bash
# Takes the Dockerfile's own steps where there is no Docker engine: its files and production dependencies
# in a clean folder, another user, a network of its own with loopback only; then waits until its HEALTHCHECK
# command says that the service is healthy, and that SIGTERM ends it within the time that a stop may take.
# Needs unshare and setpriv (util-linux) and ip (iproute2); as an ordinary user, user namespaces.
set -euo pipefail
cd "$(dirname "$0")/.."

start_within_s=60
stop_within_s=20

node=$PWD/node_modules/.bin/node
ask() { "$node" .ci/dockerfile.ts "$1"; }
image=$(mktemp -d "${TMPDIR:-/tmp}/hatangso-image.XXXXXX")
trap 'rm -rf "$image"' EXIT

echo "files and production dependencies, as the image has them"
mkdir -p "$image/app" "$image/data" "$image/bin" "$image/home"
mapfile -d '' -t files < <(ask files)
mapfile -d '' -t install_files < <(ask install-files)
install=$(ask install)
cp "${install_files[@]}" "$image/app/"
cp -r "${files[@]}" "$image/app/"
# The runtime of the base image; the project's own copy is a development dependency.
cp "$("$node" -p process.execPath)" "$image/bin/node"
(cd "$image/app" && bash -euc "$install") >"$image/install.log" 2>&1 || {
  cat "$image/install.log"
  exit 1
}
if [ -e "$image/app/node_modules/node" ] || [ -e "$image/app/node_modules/vitest" ]; then
  echo "development dependencies were installed" >&2
  exit 1
fi

mapfile -d '' -t environment < <(ask environment)
mapfile -d '' -t start < <(ask start)
mapfile -d '' -t health < <(ask health)
environment+=("DATA_DIR=$image/data" "PATH=$image/bin:/usr/bin:/bin" "HOME=$image/home")

# As in the image: the code is root's (or this user's) and read-only to the one that runs it, the data is theirs.
chmod 755 "$image"
chmod -R go-w,a+rX "$image/app" "$image/bin"
if [ "$(id -u)" = 0 ]; then
  chown -R nobody "$image/data" "$image/home"
  isolate=(unshare --net --pid --fork --kill-child)
  as_user=(setpriv --reuid=nobody --regid=nogroup --clear-groups)
else
  isolate=(unshare --map-root-user --net --pid --fork --kill-child)
  as_user=()
fi

printf '%q ' "${start[@]}" >"$image/start"
printf '%q ' "${health[@]}" >"$image/health"
cat >"$image/container" <<'CONTAINER'
set -euo pipefail
cd "$1/app"
eval "exec $(cat "$1/start")" >"$1/data/out.log" 2>&1 &
service=$!
trap 'kill -KILL "$service" 2>/dev/null || true' EXIT
for ((second = 0; ; second++)); do
  eval "$(cat "$1/health")" && break
  kill -0 "$service" 2>/dev/null && [ "$second" -lt "$2" ] || { cat "$1/data/out.log"; exit 1; }
  sleep 1
done
echo "healthy after $second s as $(id -un)"
kill -TERM "$service"
for ((second = 0; ; second++)); do
  kill -0 "$service" 2>/dev/null || break
  [ "$second" -lt "$3" ] || { echo "still there $3 s after SIGTERM"; exit 1; }
  sleep 1
done
code=0
wait "$service" || code=$?
echo "ended with code $code within $second s of SIGTERM"
[ "$code" = 0 ] || { cat "$1/data/out.log"; exit 1; }
CONTAINER

echo "the service, as another user in a network of its own"
"${isolate[@]}" bash -c 'ip link set lo up && exec "$@"' bash \
  "${as_user[@]}" env -i "${environment[@]}" \
  bash "$image/container" "$image" "$start_within_s" "$stop_within_s"
