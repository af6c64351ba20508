# elsewhere.sh PROGRAM ARG...
# Runs PROGRAM as another machine might: with one processor of those that are there, and a kernel that names itself 2.6.
# What a root has no program for, or the kernel refuses, stays as it is.
one=$(sed -n 's/^Cpus_allowed_list:[^0-9]*\([0-9]*\).*/\1/p' /proc/self/status)
if taskset --cpu-list "$one" true > /dev/null 2>&1; then set -- taskset --cpu-list "$one" "$@"; fi
if setarch "$(uname -m)" --uname-2.6 true > /dev/null 2>&1; then set -- setarch "$(uname -m)" --uname-2.6 "$@"; fi
exec "$@"
