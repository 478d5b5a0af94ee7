# ./dev bench

dev_bench() {
  need_packages build test
  need_parts
  need_npm bench/peers/node_postgres
  build_server all
  BANSO_BENCH_PEERS=$root/bench/peers BANSO_BINARY=$banso node tools/dev/bench.mjs "$build/release/bench" "$@"
}
