# ./dev bench

dev_bench() {
  need_packages build test
  need_parts
  build_server all
  BANSO_BINARY=$banso node tools/dev/bench.mjs "$build/release/bench" "$@"
}
