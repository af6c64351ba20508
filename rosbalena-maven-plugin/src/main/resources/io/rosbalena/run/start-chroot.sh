# start-chroot.sh ROOT FOLDER N (KIND SOURCE TARGET){N} PROGRAM ARG...
# Starts PROGRAM (which changes into ROOT, a copy of an image) where nothing may be mounted. Prints the lines "service PID",
# the process that becomes PROGRAM, and "ready", and starts PROGRAM when a line comes on standard input.
# There are no namespaces, so the processes inside are told by their root directory, and ended with it.
# Standard input is a pipe whose other end the caller keeps open as long as it lives. Uses only coreutils and util-linux.
#
# KIND      device: SOURCE is a device node of this machine; file: SOURCE is copied
set -eu
umask 022
cd "$1"
folder=$2 left=$3
shift 3
exec 3<&0 < /dev/null

# Links on the way would lead out of the root.
plain() {
    rest=$1
    place=.
    while [ -n "$rest" ]; do
        part=${rest%%/*}
        rest=${rest#"$part"}
        rest=${rest#/}
        if [ -z "$part" ]; then continue; fi
        place=$place/$part
        if [ -L "$place" ] || [ "$part" = .. ]; then
            echo "a link or \"..\" is on the way to $1, which needs mounts"
            exit 1
        fi
    done
}

plain /dev
mkdir -p dev
for node in "null 1 3" "zero 1 5" "full 1 7" "random 1 8" "urandom 1 9" "tty 5 0"; do
    set -f
    # shellcheck disable=SC2086
    name=${node%% *} numbers=${node#* }
    rm -f "dev/$name"
    mknod -m 666 "dev/$name" c ${numbers% *} ${numbers#* }
    set +f
done
ln -sfn /proc/self/fd dev/fd
if [ ! -d dev/shm ]; then mkdir -m 1777 dev/shm; fi
: > dev/null

while [ "$left" -gt 0 ]; do
    plain "$3"
    mkdir -p "${place%/*}"
    rm -f "$place"
    case $1 in
        device)
            if [ -c "$2" ]; then type=c; else type=b; fi
            mknod -m 660 "$place" "$type" "0x$(stat -c %t "$2")" "0x$(stat -c %T "$2")"
            ;;
        file) cat "$2" > "$place" ;;
    esac
    shift 3
    left=$((left - 1))
done
plain "$folder"
mkdir -p "$place"

# Whether the process $1 (a folder of /proc) is inside: by its root directory, or, since that of another user may be hidden
# (ptrace(2)), by the session that the caller gave to this script. Neither this script nor its watcher is.
inside() {
    read -r self rest < /proc/self/stat
    case ${1#/proc/} in "$self" | $$ | "${watcher-}") return 1 ;; esac
    if [ "$1/root" -ef . ]; then return 0; fi
    read -r stat < "$1/stat" || return 1
    # Behind the name, which may hold anything: state, parent, group, session; see proc(5).
    set -- ${stat##*) }
    [ "$1" != Z ] && [ "$4" = "$$" ]
}

end_all() {
    while :; do
        found=
        for process in /proc/[0-9]*; do
            if inside "$process" 2> /dev/null; then
                kill -KILL "${process#/proc/}" 2> /dev/null || true
                found=yes
            fi
        done
        if [ -z "$found" ]; then return; fi
        sleep 0.02
    done
}

# Waits for the caller's end of the pipe to close, which also happens when the caller is killed. Hands on the caller's line
# by another pipe: of two readers of one pipe, each would take what is the other's.
mkfifo ../begin
exec 4<> ../begin
rm ../begin
(
    while read -r line <&3; do echo >&4; done
    end_all
) > /dev/null 2>&1 &
watcher=$!

# What becomes PROGRAM dies with this process: as long as it has not changed its root, nothing else would find it. It may
# have missed this process's death if it has another parent already. The shell's signals go first: who started us may
# have told it to ignore some.
status=0
# This shell would say "Killed" of a killed child, which would look as if the service had said it.
exec 2> /dev/null
env --default-signal setpriv --pdeathsig KILL -- sh -c '
    if [ "$PPID" != "$1" ]; then exit 1; fi
    shift
    echo "service $$"
    echo ready
    read -r line <&4
    exec "$@" 2>&1 4<&-
' start-chroot.sh $$ "$@" 3<&- || status=$?
end_all
kill "$watcher" 2> /dev/null || true
exit "$status"
