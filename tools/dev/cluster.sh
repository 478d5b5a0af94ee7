# ./dev cluster: PostgreSQL, a two-shard ClickHouse, several nodes and a load balancer, all on this machine's loopback.

cluster_pids=()

# start_part NAME COMMAND...: in the background, output to DIR/NAME.log, its process id to DIR/NAME.pid.
start_part() {
  local name=$1
  shift
  setsid "$@" >"$cluster/$name.log" 2>&1 &
  echo $! >"$cluster/$name.pid"
  cluster_pids+=($!)
}

wait_for() {
  local what=$1 tries=$2
  shift 2
  while ! "$@" >/dev/null 2>&1; do
    tries=$((tries - 1))
    [ $tries -gt 0 ] || { echo "dev cluster: $what does not answer; see $cluster/*.log" >&2; return 1; }
    sleep 0.1
  done
}

start_postgres() {
  local programs as=()
  programs=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
  # It refuses to run as root; its socket's path must be short, so it lies in a folder of its own below /tmp.
  if [ "$(id -u)" = 0 ]; then as=(runuser -u postgres --); fi
  postgres_socket=$(mktemp -d /tmp/banso-pg-XXXXXX)
  mkdir -p "$cluster/postgres"
  if [ "$(id -u)" = 0 ]; then
    chown postgres "$postgres_socket" "$cluster/postgres"
    chmod a+x "$cluster"  # so that it gets there
  fi
  if [ ! -e "$cluster/postgres/data" ]; then
    "${as[@]}" "$programs/initdb" --pgdata "$cluster/postgres/data" --username banso --auth trust --encoding UTF8 --locale C \
      >"$cluster/initdb.log" 2>&1 || { cat "$cluster/initdb.log" >&2; return 1; }
  fi
  start_part postgres "${as[@]}" "$programs/postgres" -D "$cluster/postgres/data" -k "$postgres_socket" -h '' -c max_connections=200
  wait_for PostgreSQL 300 "$programs/pg_isready" -h "$postgres_socket" -U banso
  "$programs/psql" -h "$postgres_socket" -U banso -d postgres -Atc "SELECT 1 FROM pg_database WHERE datname = 'banso'" | grep -q 1 ||
    "$programs/createdb" -h "$postgres_socket" -U banso banso
  records_url="postgresql:host=$postgres_socket user=banso dbname=banso"
}

start_nodes() {
  local count=$1 first_port=$2 number port
  servers= sticky_servers=
  for ((number = 0; number < count; number++)); do
    port=$((first_port + number))
    start_node "$number" "$port"
    wait_for "node $number" 300 curl -fsS "http://127.0.0.1:$port/api/session"
    servers+="  server node$number 127.0.0.1:$port"$'\n'
    sticky_servers+="  server node$number 127.0.0.1:$port cookie node$number"$'\n'
  done
}

start_node() {
  start_part "node$1" "$banso" --data "$cluster/node$1" --records "$records_url" --events "$events_url" --node "$1" \
    serve --port "$2" --web "${BANSO_WEB:-$root/web/dist}"
}

start_balancer() {
  local config=$cluster/haproxy.cfg line
  while IFS= read -r line; do
    case $line in
      @SERVERS@) printf '%s' "$servers" ;;
      @STICKY_SERVERS@) printf '%s' "$sticky_servers" ;;
      *) printf '%s\n' "${line//@ADDRESS@/127.0.0.1:$1}" ;;
    esac
  done <packaging/cluster/haproxy.cfg.template >"$config"
  start_part balancer "$(command -v haproxy || echo /usr/sbin/haproxy)" -db -f "$config"
  wait_for "the load balancer" 100 curl -fsS "http://127.0.0.1:$1/api/session"
}

# stop_part PID SIGNAL: asks, waits ten seconds, then ends it.
stop_part() {
  local tries=100
  kill "-$2" -- "-$1" 2>/dev/null || return 0
  while kill -0 -- "-$1" 2>/dev/null && [ $tries -gt 0 ]; do
    sleep 0.1
    tries=$((tries - 1))
  done
  kill -KILL -- "-$1" 2>/dev/null || true
}

stop_cluster() {
  local index
  # The last started stops first: nodes before their databases.
  for ((index = ${#cluster_pids[@]} - 1; index > 0; index--)); do
    stop_part "${cluster_pids[index]}" TERM
  done
  [ ${#cluster_pids[@]} -eq 0 ] || stop_part "${cluster_pids[0]}" INT  # PostgreSQL's fast shutdown: it does not wait for clients
  tools/dev/clickhouse_cluster.sh stop "$cluster/clickhouse" >/dev/null 2>&1 || true
  [ -z "${postgres_socket:-}" ] || rm -rf "$postgres_socket"
}

dev_cluster() {
  local data=var/cluster port=8080 nodes=2
  while [ $# -gt 0 ]; do
    case $1 in
      --data) data=${2:?--data needs a folder}; shift 2 ;;
      --port) port=${2:?--port needs a number}; shift 2 ;;
      --nodes) nodes=${2:?--nodes needs a number}; shift 2 ;;
      *) echo "dev cluster: no option \"$1\"" >&2; exit 2 ;;
    esac
  done
  if [ -n "${BANSO_BINARY:-}" ]; then  # the tests have built it
    banso=$BANSO_BINARY
  else
    need_packages build test
    need_parts
    build_server banso
    build_web
  fi
  mkdir -p "$data"
  cluster=$(cd "$data" && pwd)
  trap stop_cluster EXIT
  start_postgres
  events_url=$(tools/dev/clickhouse_cluster.sh start "$cluster/clickhouse")
  echo
  if [ "$nodes" -gt 0 ]; then
    start_nodes "$nodes" $((port + 1))
    start_balancer "$port"
    echo "  Banso's cluster is running: http://localhost:$port ($nodes nodes from port $((port + 1)))"
  else
    echo "  The stores of a cluster are running, without nodes:"
  fi
  echo "  records: $records_url"
  echo "  events:  $events_url"
  echo "  logs and process ids: $cluster. Press Ctrl-C to stop."
  wait
}
