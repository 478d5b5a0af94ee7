#!/usr/bin/env bash
# A two-shard ClickHouse cluster on this machine, for tests and for trying things out: loopback only, everything it
# writes is below one folder, no log or data elsewhere.
#
#   clickhouse_cluster.sh start DIR             configures and starts both shards; prints the store's URL
#   clickhouse_cluster.sh stop DIR              stops both (the folder stays)
#   clickhouse_cluster.sh kill DIR SHARD        kill -9 of one shard (1 or 2)
#   clickhouse_cluster.sh pause DIR SHARD       stops it without ending it (SIGSTOP)
#   clickhouse_cluster.sh resume DIR SHARD
#   clickhouse_cluster.sh run DIR SHARD         starts one shard of a configured cluster again and waits for it
#   clickhouse_cluster.sh configure DIR PORT x6 only writes the configuration: HTTP, TCP and interserver port of each shard
#   clickhouse_cluster.sh url DIR               prints the store's URL
#
# The tests' C++ helper (src/platform/clickhouse/testing) uses `configure` and starts the servers itself, so that they
# die with the test program. Files in DIR: ports (one line a shard), shard1/ and shard2/ (config.xml, users.xml, data/,
# log, pid).
set -euo pipefail

cluster=banso

write_users() {
  # Without these limits a server helps itself to all memory of the machine.
  cat >"$1/users.xml" <<XML
<yandex>
  <profiles><default>
    <max_memory_usage>1500000000</max_memory_usage>
    <max_memory_usage_for_all_queries>2000000000</max_memory_usage_for_all_queries>
    <max_threads>2</max_threads>
    <log_queries>0</log_queries>
  </default></profiles>
  <users><default>
    <password></password>
    <networks><ip>127.0.0.1</ip></networks>
    <profile>default</profile>
    <quota>default</quota>
  </default></users>
  <quotas><default></default></quotas>
</yandex>
XML
}

write_shard() {
  local folder=$1 http=$2 tcp=$3 interserver=$4 tcp1=$5 tcp2=$6
  mkdir -p "$folder/data/tmp"
  write_users "$folder"
  cat >"$folder/config.xml" <<XML
<yandex>
  <logger><level>warning</level><log>$folder/log</log><errorlog>$folder/log.err</errorlog><size>10M</size><count>2</count></logger>
  <listen_host>127.0.0.1</listen_host>
  <http_port>$http</http_port>
  <tcp_port>$tcp</tcp_port>
  <interserver_http_port>$interserver</interserver_http_port>
  <interserver_http_host>127.0.0.1</interserver_http_host>
  <max_connections>256</max_connections>
  <keep_alive_timeout>60</keep_alive_timeout>
  <max_concurrent_queries>100</max_concurrent_queries>
  <uncompressed_cache_size>0</uncompressed_cache_size>
  <mark_cache_size>67108864</mark_cache_size>
  <path>$folder/data/</path>
  <tmp_path>$folder/data/tmp/</tmp_path>
  <user_files_path>$folder/data/user_files/</user_files_path>
  <format_schema_path>$folder/data/format_schemas/</format_schema_path>
  <users_config>$folder/users.xml</users_config>
  <default_profile>default</default_profile>
  <default_database>default</default_database>
  <timezone>UTC</timezone>
  <remote_servers><$cluster>
    <shard><replica><host>127.0.0.1</host><port>$tcp1</port></replica></shard>
    <shard><replica><host>127.0.0.1</host><port>$tcp2</port></replica></shard>
  </$cluster></remote_servers>
</yandex>
XML
}

configure() {
  local folder=$1 http1=$2 tcp1=$3 interserver1=$4 http2=$5 tcp2=$6 interserver2=$7
  mkdir -p "$folder"
  write_shard "$folder/shard1" "$http1" "$tcp1" "$interserver1" "$tcp1" "$tcp2"
  write_shard "$folder/shard2" "$http2" "$tcp2" "$interserver2" "$tcp1" "$tcp2"
  printf '%s\n%s\n' "$http1" "$http2" >"$folder/ports"
}

http_port() { sed -n "${2}p" "$1/ports"; }

url() { echo "clickhouse:http://127.0.0.1:$(http_port "$1" 1),http://127.0.0.1:$(http_port "$1" 2)?cluster=$cluster&database=banso"; }

answers() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

free_ports() {
  local count=$1 port found=()
  while [ ${#found[@]} -lt "$count" ]; do
    port=$((20000 + RANDOM % 12000))
    [[ " ${found[*]:-} " == *" $port "* ]] || answers "$port" || found+=("$port")
  done
  echo "${found[@]}"
}

run() {
  local folder=$1/shard$2 port waited=0
  port=$(http_port "$1" "$2")
  # The lock of a server that was killed.
  rm -f "$folder/data/status"
  (cd "$folder" && exec setsid clickhouse-server --config-file="$folder/config.xml" >"$folder/console" 2>&1 </dev/null) &
  echo $! >"$folder/pid"
  until answers "$port"; do
    kill -0 "$(cat "$folder/pid")" 2>/dev/null || { tail -n 20 "$folder/console" "$folder/log.err" >&2; return 1; }
    sleep 0.05
    waited=$((waited + 1))
    [ $waited -lt 1200 ] || { echo "shard $2 does not start, see $folder/log" >&2; return 1; }
  done
}

signal() { [ ! -e "$1/shard$2/pid" ] || kill "-$3" "$(cat "$1/shard$2/pid")" 2>/dev/null || true; }

stop() {
  local shard waited
  for shard in 1 2; do
    signal "$1" $shard CONT
    signal "$1" $shard TERM
  done
  for shard in 1 2; do
    waited=0
    while [ -e "$1/shard$shard/pid" ] && kill -0 "$(cat "$1/shard$shard/pid")" 2>/dev/null; do
      sleep 0.1
      waited=$((waited + 1))
      [ $waited -lt 100 ] || signal "$1" $shard KILL
    done
    rm -f "$1/shard$shard/pid"
  done
}

command=${1:-}
[ $# -ge 2 ] || { sed -n '2,/^set/p' "$0" | sed '$d; s/^# \{0,1\}//' >&2; exit 2; }
mkdir -p "$2"
folder=$(cd "$2" && pwd)
shift 2
case $command in
  configure) configure "$folder" "$@" ;;
  start)
    # shellcheck disable=SC2046 # one argument a port
    [ -e "$folder/ports" ] || configure "$folder" $(free_ports 6)
    run "$folder" 1
    run "$folder" 2
    url "$folder"
    ;;
  stop) stop "$folder" ;;
  kill) signal "$folder" "$1" KILL ;;
  pause) signal "$folder" "$1" STOP ;;
  resume) signal "$folder" "$1" CONT ;;
  run) run "$folder" "$1" ;;
  url) url "$folder" ;;
  *) echo "unknown command: $command" >&2; exit 2 ;;
esac
