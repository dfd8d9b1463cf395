#!/bin/sh
# Logs usage from a POSIX shell, for Meterline to take out of the log. Copy the functions; log the
# text of meter_record.
#
#   sh recipes/shell.sh api-calls c1 1 method=GET
#
# Needs date, od, sed, tr and grep, and /dev/urandom. What a shell can't do: tell whether a text is
# valid UTF-8 (the agent quarantines the record if not), and everywhere tell milliseconds (below).

# A JSON string. A control character is refused: sed can't escape them all in a portable way.
json_string() {
  case $1 in
    *[[:cntrl:]]*)
      printf 'meter_record: a text holds a control character\n' >&2
      return 1
      ;;
  esac
  printf '"%s"' "$(printf '%s\n' "$1" | sed 's/[\\"]/\\&/g')"
}

# GNU date has milliseconds (%3N). Others print the N, or nothing: there, whole seconds must do.
epoch_millis() {
  set -- "$(date +%s%3N)"
  case $1 in
    *[!0-9]*) date +%s000 ;;
    ?????????????) printf '%s\n' "$1" ;;
    *) date +%s000 ;;
  esac
}

# 128 random bits in hex: uniqueId may be any string, and uuidgen is not everywhere.
unique_id() {
  od -A n -N 16 -t x1 /dev/urandom | tr -d ' \n'
}

# meter_record METER CUSTOMER VALUE [NAME=VALUE]...
# Prints the JSON text of a meter record. VALUE stands in it as it is, never rounded.
meter_record() {
  case $1:$2 in
    *[![:space:]]*:*[![:space:]]*) ;;
    *)
      printf 'meter_record: METER or CUSTOMER is blank\n' >&2
      return 1
      ;;
  esac
  meter=$(json_string "$1") && customer=$(json_string "$2") && value=$(json_string "$3") || return 1
  if ! printf '%s\n' "$value" | grep -Eqx -e '"-?(0|[1-9][0-9]{0,254})([.][0-9]+)?"'; then
    printf 'meter_record: VALUE %s is not a decimal number\n' "$value" >&2
    return 1
  fi
  value=$3
  shift 3
  dimensions=
  for pair; do
    name=$(json_string "${pair%%=*}") && text=$(json_string "${pair#*=}") || return 1
    dimensions=$dimensions${dimensions:+,}$name:$text
  done
  printf '{"meterApiName":%s,"customerId":%s,"meterTimeInMillis":%s,"meterValue":%s,"uniqueId":"%s","dimensions":{%s}}' \
    "$meter" "$customer" "$(epoch_millis)" "$value" "$(unique_id)" "$dimensions"
}

set -e

# Text log format: the marker and the record, in one printf and so one write.
record=$(meter_record "$@")
printf '%s\n' "meter_record_for_stream $record"

# A JSON log line that has the text log line as its message, escaped.
record=$(meter_record "$@")
printf '{"level":"INFO","message":%s}\n' "$(json_string "meter_record_for_stream $record")"

# A JSON log line of your own: the marker is a member's name, the record its value.
record=$(meter_record "$@")
printf '{"level":"INFO","meter_record_for_stream":%s}\n' "$record"
