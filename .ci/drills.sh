#!/usr/bin/env bash
# Every drill in its short form, two at a time: most of each is waiting. Prints what each said when it has ended;
# fails if one does. `drill:storm` runs on PostgreSQL alone here: the kills of `drill:kill` are on both databases.
set -euo pipefail
cd "$(dirname "$0")/.."

drills=$(node -p 'Object.keys(require("./package.json").scripts).filter((name) => /^drill:(?!storm$)/.test(name)).join(" ")')

run() {
  local name=$1 said code=0 began=$SECONDS
  said=$(timeout --kill-after=30s 4m npm run "$name" -- --short 2>&1) || code=$?
  printf '\n── %s, %s s\n%s\n' "$name" $((SECONDS - began)) "$said"
  return "$code"
}
export -f run

# shellcheck disable=SC2016 # the inner shell is to expand it
printf '%s\n' $drills | xargs -P 2 -I{} bash -c 'run "$1"' _ {}
