# For the scripts beside it: finds the JDK and builds the benchmarks, as ./meterline does for itself.
# Sourced, with $root set.

say() {
  printf 'benchmarks: %s\n' "$1" >&2
}

# Builds what is not built, or is older than its sources; sets $jdk.
build_benchmarks() {
  jdk=$("$root/meterline" --which-jdk)
  local jar=$root/.meterline-build/meterline-benchmarks/meterline-benchmarks.jar
  if [ ! -f "$jar" ] || [ -n "$(cd "$root" &&
    find pom.xml .mvn */pom.xml */src -path '*/src/test' -prune -o -newer "$jar" -type f -print -quit)" ]; then
    say 'building …'
    mvn -q -B -Dquick -f "$root/pom.xml" -pl benchmarks -am package >&2
    touch "$jar"
  fi
}

# Runs a class of io.meterline.benchmarks.
benchmark() {
  local class=$1
  shift
  "$jdk/bin/java" -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED \
    -cp "$root/.meterline-build/meterline-benchmarks/meterline-benchmarks.jar" \
    "io.meterline.benchmarks.$class" "$@"
}
