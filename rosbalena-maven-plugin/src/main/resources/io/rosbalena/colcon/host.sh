# host.sh FOLDER PROGRAM ARG...
# Runs PROGRAM on this machine, in FOLDER and in a session of its own. Prints the line "ready", and starts PROGRAM when a
# line comes on standard input, which is a pipe whose other end the caller keeps open as long as it lives: when it closes,
# PROGRAM and all that it has started in its session's first group end. Uses only coreutils and util-linux.
set -eu
umask 022
cd "$1"
shift
exec 3<&0 < /dev/null
echo ready
# No line comes from a caller that was killed or interrupted meanwhile.
read -r line <&3 || exit 143
setsid "$@" 3<&- &
program=$!
(
    read -r line <&3 || kill -KILL -- "-$program"
) > /dev/null 2>&1 &
watcher=$!
exec 3<&-
status=0
wait "$program" || status=$?
kill -KILL -- "-$program" 2> /dev/null || true
kill "$watcher" 2> /dev/null || true
exit "$status"
