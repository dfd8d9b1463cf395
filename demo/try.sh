#!/usr/bin/env bash
# Posts one call to each method of a demo API, and shows what arrived of it.
#
#   demo/try.sh http://127.0.0.1:8080      ./meterline demo, in another terminal
#   demo/try.sh https://abc.execute-api.eu-west-1.amazonaws.com
#
# Each answer says where its record goes. Folders are looked into, buckets too (by the AWS CLI); of a receiver over
# HTTP or a queue it is known that it took the record, and no more. Exit code 1 where something did not arrive in
# TRY_SECONDS (default 120).
set -euo pipefail

if [ $# -ne 1 ]; then
  printf 'usage: %s URL\n' "$0" >&2
  exit 2
fi
url=${1%/}
seconds=${TRY_SECONDS:-120}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

# The objects of today, as files below a folder that this prints.
objects_of() {
  case $1 in
    dir:*) printf '%s\n' "${1#dir:}" ;;
    s3://*)
      aws s3 sync --only-show-errors "$1/ingest/records/$(date -u +%F)/" "$work/objects" >&2
      printf '%s\n' "$work/objects"
      ;;
  esac
}

holds() {
  local folder
  folder=$(objects_of "$1")
  [ -n "$folder" ] && grep -rqs --include='*.json' -e "$2" "$folder"
}

for method in direct-api direct-s3 direct-sqs cw-subscriber stream-subscriber; do
  status=$(curl -sS -o "$work/body" -D "$work/head" -w '%{http_code}' \
    -H 'Content-Type: application/json' \
    -d '{"customerId":"try","value":1.10,"dimensions":{"from":"try.sh"}}' "$url/$method") || status=000
  printf '%-18s %s %s\n' "$method" "$status" "$(cat "$work/body" 2>/dev/null || true)"
  if [ "$status" != 200 ]; then
    failed=1
    continue
  fi
  id=$(sed -n 's/.*"uniqueId":"\([^"]*\)".*/\1/p' "$work/body")
  where=$(tr -d '\r' <"$work/head" | sed -n 's/^[Mm]eterline-[Dd]estination: *//p')
  printf '%s %s %s\n' "$method" "$id" "$where" >>"$work/sent"
done

touch "$work/sent"
printf '\n'
end=$((SECONDS + seconds))
while read -r method id where; do
  case $where in
    dir:* | s3://*)
      until holds "$where" "$id"; do
        if [ "$SECONDS" -ge "$end" ]; then
          printf '%-18s %s did not arrive at %s\n' "$method" "$id" "$where"
          failed=1
          continue 2
        fi
        sleep 1
      done
      printf '%-18s %s arrived at %s\n' "$method" "$id" "$where"
      ;;
    *) printf '%-18s %s was taken by %s\n' "$method" "$id" "${where:-an unnamed receiver}" ;;
  esac
done <"$work/sent"
exit "$failed"
