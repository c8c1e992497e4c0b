# Private servers of the peers, in the directory of the benchmark. Sourced by bench/run.
#
#   start_postgres DIR SCHEMA   exports PGHOST, PGPORT, PGUSER and PGDATABASE
#   start_redis DIR FSYNC LUA   sets redis_port, and redis_script to the hash of the script;
#                               FSYNC is what appendfsync is set to
#   postgres_version            says what is measured
#   redis_version               says what is measured
#   stop_peers                  stops what was started
peer_postgres=
peer_pids=()

# PostgreSQL refuses to run as root.
as_postgres() {
  if [ "$(id -u)" = 0 ]; then
    runuser -u postgres -- "$@"
  else
    "$@"
  fi
}

# Where a command of a peer is, nothing when it is not. Debian keeps the server's beside the PATH.
peer_program() {
  local found
  found=$(printf '%s\n' /usr/lib/postgresql/*/bin/"$1" | sort -V | tail -n 1)
  if [ -x "$found" ]; then
    printf '%s' "$found"
  else
    command -v "$1" || true
  fi
}

start_postgres() {
  local directory=$1 schema=$2
  mkdir -m 700 "$directory"
  if [ "$(id -u)" = 0 ]; then
    chmod a+x "$(dirname "$directory")"
    chown postgres "$directory"
  fi
  (
    cd "$directory" || exit
    as_postgres "$(peer_program initdb)" -D "$directory/data" -U postgres --auth=trust -E UTF8 \
      --locale=C >/dev/null
    # What is durable is left as it is: fsync and synchronous_commit are on. Nothing is checkpointed
    # while others are measured.
    as_postgres tee -a "$directory/data/postgresql.conf" >/dev/null <<SETTINGS
listen_addresses = ''
unix_socket_directories = '$directory'
port = 5432
max_connections = 100
shared_buffers = 512MB
max_wal_size = 8GB
checkpoint_timeout = 1h
SETTINGS
  )
  peer_postgres=$directory/data
  (cd "$directory" && as_postgres "$(peer_program pg_ctl)" -D "$peer_postgres" -w -s \
    -l "$directory/log" start)
  # Reached by a socket in a directory of its own, so the number of the port is nobody else's.
  export PGHOST=$directory PGPORT=5432 PGUSER=postgres PGDATABASE=postgres
  psql -q -X -v ON_ERROR_STOP=1 -f "$schema"
}

start_redis() {
  local directory=$1 fsync=$2 lua=$3
  mkdir "$directory"
  for _ in {1..5}; do
    redis_port=$((20000 + RANDOM))
    # Nothing is rewritten or saved while others are measured.
    redis-server --bind 127.0.0.1 --port "$redis_port" --dir "$directory" --save '' \
      --appendonly yes --appendfsync "$fsync" --auto-aof-rewrite-percentage 0 \
      >"$directory/log" &
    peer_pids+=($!)
    for _ in {1..50}; do
      # Its own process must live: another's may answer on the port.
      kill -0 "${peer_pids[-1]}" 2>/dev/null || break
      if [ "$(redis-cli -p "$redis_port" ping 2>/dev/null)" = PONG ]; then
        redis_fill "$lua"
        return 0
      fi
      sleep 0.1
    done
  done
  echo "bench/run: redis-server does not start: $(tail -n 1 "$directory/log")" >&2
  return 1
}

# A thousand accounts that do not run dry.
redis_fill() {
  redis-cli -p "$redis_port" eval \
    "for i = 0, 999 do redis.call('SET', 'account:' .. i, 1000000000) end" 0 >/dev/null
  redis_script=$(redis-cli -p "$redis_port" script load "$(<"$1")")
}

postgres_version() {
  psql -X -At -F ' ' -c "select 'PostgreSQL', current_setting('server_version'), 'fsync',
    current_setting('fsync'), 'synchronous_commit', current_setting('synchronous_commit'),
    'wal_sync_method', current_setting('wal_sync_method')"
}

redis_version() {
  redis-server --version | cut -d ' ' -f 1-3
}

stop_peers() {
  if [ -n "$peer_postgres" ]; then
    (cd / && as_postgres "$(peer_program pg_ctl)" -D "$peer_postgres" -s -m immediate stop) || true
  fi
  if [ "${#peer_pids[@]}" -gt 0 ]; then
    kill "${peer_pids[@]}" 2>/dev/null || true
    wait "${peer_pids[@]}" 2>/dev/null || true
  fi
}
