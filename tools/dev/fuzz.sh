# ./dev fuzz: throws bytes at what reads bytes of strangers, each fuzzer for so many minutes, one after another. What was
# found interesting is kept in build/fuzz/corpus for the next time; what fails lies in build/fuzz/found.

dev_fuzz() {
  local minutes=1 names=() name dictionary
  [[ ${1:-} =~ ^[0-9]+$ ]] && { minutes=$1; shift; }
  names=("$@")
  need_packages build fuzz
  say "building the fuzzers"
  mkdir -p "$build/fuzz/found"
  cmake -G Ninja -S tests/fuzz -B "$build/fuzz" -DCMAKE_CXX_COMPILER=clang++ -DCMAKE_BUILD_TYPE=None >"$build/fuzz.log" 2>&1 &&
    ninja -C "$build/fuzz" >>"$build/fuzz.log" 2>&1 || { tail -n 40 "$build/fuzz.log" >&2; exit 1; }
  for fuzzer in "$build"/fuzz/*_fuzz; do
    name=$(basename "$fuzzer" _fuzz)
    [ ${#names[@]} -gt 0 ] && [[ " ${names[*]} " != *" $name "* ]] && continue
    say "$name, $minutes min"
    mkdir -p "$build/fuzz/corpus/$name"
    dictionary=()
    [ "$name" = intake_parser ] && dictionary=(-dict=tests/fuzz/json.dict)
    "$fuzzer" -max_total_time=$((minutes * 60)) -max_len=4096 -timeout=120 -print_final_stats=1 "${dictionary[@]}" \
      -artifact_prefix="$build/fuzz/found/$name-" "$build/fuzz/corpus/$name" "tests/fuzz/corpus/$name" \
      >"$build/fuzz/$name.log" 2>&1 || { tail -n 40 "$build/fuzz/$name.log" >&2; exit 1; }
    grep -E 'number_of_executed_units|average_exec' "$build/fuzz/$name.log" | sed "s/^/$name /"
  done
}
