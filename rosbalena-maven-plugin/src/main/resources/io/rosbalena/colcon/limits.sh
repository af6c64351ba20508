# limits.sh PROGRAM ARG...
# Runs PROGRAM with limits that no sound test meets: no core files, 1 GiB a file (pytest keeps what a test prints in one, in
# memory), 8192 processes. A machine's own limits stay where they are lower, and its root has none of processes.
ulimit -c 0
ulimit -f 2097152 2> /dev/null || true
# dash knows -p only, other shells -u.
ulimit -p 8192 2> /dev/null || ulimit -u 8192 2> /dev/null || true
exec "$@"
