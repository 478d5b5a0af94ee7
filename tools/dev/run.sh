# ./dev run

dev_run() {
  local data=var port=8080 demo=yes
  while [ $# -gt 0 ]; do
    case $1 in
      --data) data=${2:?--data needs a folder}; shift 2 ;;
      --data=*) data=${1#*=}; shift ;;
      --port) port=${2:?--port needs a number}; shift 2 ;;
      --port=*) port=${1#*=}; shift ;;
      --no-demo) demo=no; shift ;;
      *) echo "dev run: no option \"$1\"" >&2; exit 2 ;;
    esac
  done
  need_packages build
  need_parts
  build_server banso
  build_web
  if [ $demo = yes ] && [ ! -e "$data/records.db" ]; then
    say "loading the demo"
    "$banso" --data "$data" demo --accounts 400 --months 24 --seed 1
  fi
  exec "$banso" --data "$data" serve --port "$port" --web "$root/web/dist"
}
