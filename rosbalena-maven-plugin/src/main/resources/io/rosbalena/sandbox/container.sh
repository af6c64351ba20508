# container.sh PROGRAM ARG...
# Runs as process 1 of a container: prints the line "ready", and starts PROGRAM when a line comes on standard input, whose
# other end the caller keeps open as long as it lives: when it closes, every process of the container ends. Uses only what
# Debian calls essential.
set -eu
umask 022
exec 3<&0 < /dev/null
echo ready
# No line comes from a caller that was killed or interrupted meanwhile.
read -r line <&3 || exit 143
(
    read -r line <&3 || kill -KILL -1
) > /dev/null 2>&1 &
# A child, not exec: process 1 would ignore the signals that it sends to itself.
status=0
setsid "$@" 3<&- || status=$?
exit "$status"
