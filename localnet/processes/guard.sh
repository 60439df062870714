#!/bin/sh
# Outlives the process that started it by a moment. Its standard input is a pipe from that process, so it closes in
# every way to end, a kill -9 included. Then the process groups that it was told about are stopped.
# Lines: "watch <signal> <group>", "release <group>".
grace_seconds=${1:-8}
watched=""

release() {
  kept=""
  for entry in $watched; do
    [ "${entry#*:}" = "$1" ] || kept="$kept $entry"
  done
  watched=$kept
}

while read -r verb first second; do
  case $verb in
    watch) watched="$watched $first:$second" ;;
    release) release "$first" ;;
  esac
done

for entry in $watched; do
  kill -s "${entry%%:*}" -- "-${entry#*:}" 2>/dev/null
  kill -s CONT -- "-${entry#*:}" 2>/dev/null
done
waited=0
while [ -n "$watched" ] && [ "$waited" -lt "$grace_seconds" ]; do
  for entry in $watched; do
    kill -s 0 -- "-${entry#*:}" 2>/dev/null || release "${entry#*:}"
  done
  [ -z "$watched" ] && exit 0
  sleep 1
  waited=$((waited + 1))
done
for entry in $watched; do
  kill -s KILL -- "-${entry#*:}" 2>/dev/null
done
