# ./dev test, e2e, screenshots, asan

results=$build/test-results

run_cpp_tests() {
  local folder=$1 test
  say "C++ tests"
  build_tree "$folder" "${@:2}" -- all
  # One process a test program, as many at once as there are cores; each leaves a JSON report.
  find "$folder/src" -name '*_test' -type f -perm -u+x | sort | xargs -P "$(cores)" -I {} sh -c '
    name=$(basename "$1")
    "$1" --gtest_brief=1 --gtest_output="json:$2/$name.gtest.json" >"$2/$name.log" 2>&1 ||
      { echo "failed: $name"; tail -n 40 "$2/$name.log"; }
    [ -e "$2/$name.gtest.json" ] || echo "{\"crashed\": \"$name\"}" >"$2/$name.gtest.json"
  ' _ {} "$results" >&2
}

run_web_tests() {
  say "web unit tests"
  (cd web && run_npm run --silent test -- --reporter=default --reporter=json --outputFile.json="$results/web.vitest.json") >&2 ||
    [ -e "$results/web.vitest.json" ] || echo '{"crashed": "web"}' >"$results/web.vitest.json"
}

run_http_tests() {
  say "HTTP and shell tests against the real binary"
  (cd tests && BANSO_BINARY=$banso BANSO_WEB=$root/web/dist BANSO_TEST_SLOW=$1 run_npm run --silent http -- \
    --reporter=default --reporter=json --outputFile.json="$results/http.vitest.json") >&2 ||
    [ -e "$results/http.vitest.json" ] || echo '{"crashed": "http"}' >"$results/http.vitest.json"
}

run_browser_tests() {
  local slow=$1
  shift
  say "browser tests"
  (cd tests && BANSO_BINARY=$banso BANSO_WEB=$root/web/dist BANSO_TEST_SLOW=$slow PLAYWRIGHT_JSON_OUTPUT_NAME=$results/e2e.playwright.json \
    run_npm run --silent e2e -- --reporter=list,json "$@") >&2 ||
    [ -e "$results/e2e.playwright.json" ] || echo '{"crashed": "e2e"}' >"$results/e2e.playwright.json"
}

set_up_tests() {
  need_packages build test
  need_parts
  need_npm tests
}

dev_test() {
  local slow=
  [ "${1:-}" = --all ] && slow=1
  set_up_tests
  rm -rf "$results"
  mkdir -p "$results"
  run_cpp_tests "$build/release" -DCMAKE_BUILD_TYPE=Release
  build_web
  run_web_tests
  run_http_tests "$slow"
  run_browser_tests "$slow"
  node tools/dev/count_tests.mjs "$results"
}

dev_e2e() {
  set_up_tests
  mkdir -p "$results"
  build_server banso
  build_web
  run_browser_tests 1 "$@"
  node tools/dev/count_tests.mjs "$results" e2e
}

dev_screenshots() {
  set_up_tests
  build_server banso
  build_web
  (cd tests && BANSO_BINARY=$banso BANSO_WEB=$root/web/dist BANSO_SCREENSHOTS=${1:-$build/screenshots} run_npm run --silent screenshots)
  echo "screenshots are in ${1:-$build/screenshots}"
}

dev_asan() {
  set_up_tests
  rm -rf "$results"
  mkdir -p "$results"
  # DuckDB and ICU come without instrumentation; leaks inside them are not ours to see.
  export ASAN_OPTIONS=detect_leaks=0 UBSAN_OPTIONS=print_stacktrace=1
  run_cpp_tests "$build/asan" -DCMAKE_BUILD_TYPE=Debug -DBANSO_SANITIZE=ON
  node tools/dev/count_tests.mjs "$results" gtest
}
