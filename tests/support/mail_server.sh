#!/usr/bin/env bash
# A real mail server for tests: Exim takes mail by SMTP, Dovecot shows it by IMAP. Everything lives below one folder and
# listens on the loopback alone; the system's own mail configuration is neither read nor changed. Needs root, because
# Dovecot does.
#
#   mail_server.sh start FOLDER SMTP_PORT IMAP_PORT     (FOLDER: short, its sockets have room for 100 characters)
#   mail_server.sh stop-smtp|start-smtp|stop FOLDER
#
# Mail to any address at customer.test lands in the mailbox all@customer.test (with Envelope-To), at vendor.test in
# inbox@vendor.test. Some addresses take none:
#   gone@customer.test      refused at once, for good (550 5.1.1)
#   busy@customer.test      refused for now (450 4.2.1)
#   vanished@customer.test  taken, and returned later as a delivery report
# IMAP: the mailbox is the user, the password is "secret".
set -euo pipefail
command=$1
folder=$2

write_exim() {
  cat > "$folder/exim.conf" <<CONF
primary_hostname = mail.test
domainlist local_domains = customer.test : vendor.test
local_interfaces = 127.0.0.1
daemon_smtp_ports = $1
spool_directory = $folder/spool
log_file_path = $folder/log/exim-%slog
pid_file_path = $folder/exim.pid
deliver_drop_privilege = true
never_users =
acl_smtp_rcpt = check_recipient
acl_smtp_data = accept
smtp_accept_max = 50
tls_advertise_hosts =
smtp_accept_queue_per_connection = 100000
host_lookup =
rfc1413_query_timeout = 0s
bounce_return_message = true
trusted_users = Debian-exim
begin acl
check_recipient:
  deny  message = 5.1.1 No such user
        local_parts = gone
  defer message = 4.2.1 Mailbox is busy, come again
        local_parts = busy
  accept domains = +local_domains
  deny  message = 5.7.1 We do not relay
begin routers
returned:
  driver = redirect
  local_parts = vanished
  allow_fail
  data = :fail: 5.1.1 The mailbox does not exist
customers:
  driver = accept
  domains = customer.test
  transport = to_customers
vendor:
  driver = accept
  domains = vendor.test
  transport = to_vendor
begin transports
to_customers:
  driver = appendfile
  directory = $folder/mail/all@customer.test
  create_directory
  maildir_format
  envelope_to_add
  user = Debian-exim
  group = Debian-exim
  mode = 0600
to_vendor:
  driver = appendfile
  directory = $folder/mail/inbox@vendor.test
  create_directory
  maildir_format
  user = Debian-exim
  group = Debian-exim
  mode = 0600
CONF
}

write_dovecot() {
  cat > "$folder/dovecot.conf" <<CONF
base_dir = $folder/run
state_dir = $folder/run-state
log_path = $folder/log/dovecot.log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
first_valid_uid = 1
mail_location = maildir:$folder/mail/%u
passdb {
  driver = static
  args = password=secret
}
userdb {
  driver = static
  args = uid=Debian-exim gid=Debian-exim home=$folder/mail/%u
}
service imap-login {
  chroot =
  inet_listener imap {
    port = $1
  }
  inet_listener imaps {
    port = 0
  }
}
service anvil {
  chroot =
}
CONF
}

await_port() {
  for _ in $(seq 100); do
    if (exec 3<> "/dev/tcp/127.0.0.1/$1") 2>/dev/null; then return; fi
    sleep 0.1
  done
  echo "mail_server.sh: nothing listens on port $1; see $folder/log" >&2
  exit 1
}

start_smtp() {
  /usr/sbin/exim4 -C "$folder/exim.conf" -bd -oP "$folder/exim.pid" >>"$folder/log/start" 2>&1
  await_port "$(cat "$folder/smtp-port")"
}

stop_smtp() {
  [ -e "$folder/exim.pid" ] || return 0
  local pid
  pid=$(cat "$folder/exim.pid")
  kill "$pid" 2>/dev/null || true
  while kill -0 "$pid" 2>/dev/null; do sleep 0.05; done
  rm -f "$folder/exim.pid"
}

case "$command" in
  start)
    for program in /usr/sbin/exim4 /usr/sbin/dovecot; do
      [ -x "$program" ] || { echo "mail_server.sh: $program is missing" >&2; exit 77; }
    done
    [ "$(id -u)" = 0 ] || { echo "mail_server.sh: needs root" >&2; exit 77; }
    mkdir -p "$folder"/{spool,log,mail,run,run-state}
    echo "$3" > "$folder/smtp-port"
    write_exim "$3"
    write_dovecot "$4"
    chmod 755 "$folder"
    chown Debian-exim:Debian-exim "$folder"/{spool,log,mail}
    start_smtp
    /usr/sbin/dovecot -c "$folder/dovecot.conf" >>"$folder/log/start" 2>&1
    await_port "$4"
    ;;
  start-smtp) start_smtp ;;
  stop-smtp) stop_smtp ;;
  stop)
    stop_smtp
    # Told to stop, it ends by itself; its own "stop" would wait for idle clients.
    [ -e "$folder/run/master.pid" ] && kill "$(cat "$folder/run/master.pid")" 2>/dev/null || true
    ;;
  *) echo "mail_server.sh: no command \"$command\"" >&2; exit 2 ;;
esac
