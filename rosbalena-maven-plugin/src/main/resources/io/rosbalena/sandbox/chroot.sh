# chroot.sh COPY FOLDER PROGRAM ARG...
# Runs PROGRAM (which changes into COPY, a private copy of a root, and there into FOLDER) where nothing may be mounted. There are no namespaces,
# so the processes inside are told by their root directory, and ended with it. Prints the line "ready", and starts PROGRAM
# when a line comes on standard input.
# Standard input is a pipe whose other end the caller keeps open as long as it lives. Uses only coreutils and util-linux.
set -eu
umask 022
copy=$(cd "$1" && pwd -P)
folder=$2
shift 2
exec 3<&0 < /dev/null

if [ "$(cd "$copy$folder" && pwd -P)/" != "$copy${folder%/}/" ]; then
    echo "the working directory $folder is reached by a link"
    exit 1
fi

dev=$copy/dev
mknod -m 666 "$dev/null" c 1 3
mknod -m 666 "$dev/zero" c 1 5
mknod -m 666 "$dev/full" c 1 7
mknod -m 666 "$dev/random" c 1 8
mknod -m 666 "$dev/urandom" c 1 9
mknod -m 666 "$dev/tty" c 5 0
: > "$dev/null"
ln -s /proc/self/fd "$dev/fd"
ln -s /proc/self/fd/0 "$dev/stdin"
ln -s /proc/self/fd/1 "$dev/stdout"
ln -s /proc/self/fd/2 "$dev/stderr"
mkdir -m 1777 "$dev/shm"
mkdir "$dev/pts"
ln -s pts/ptmx "$dev/ptmx"
chmod 1777 "$copy/tmp"
chmod 755 "$copy/run"
# What programs read to count processors and memory; the rest of /proc cannot be had without a mount.
for file in cpuinfo meminfo stat; do cat "/proc/$file" > "$copy/proc/$file"; done
echo ready
# No line comes from a caller that was killed or interrupted meanwhile.
read -r line <&3 || exit 143

end_all() {
    while :; do
        left=
        for root in /proc/[0-9]*/root; do
            if [ "$root" -ef "$copy" ]; then
                process=${root#/proc/}
                kill -KILL "${process%/root}" 2> /dev/null || true
                left=yes
            fi
        done
        if [ -z "$left" ]; then return; fi
        sleep 0.02
    done
}

# Waits for the caller's end of the pipe to close, which also happens when the caller is killed.
(
    read -r line <&3 || end_all
) > /dev/null 2>&1 &
watcher=$!

# What becomes PROGRAM dies with this process: as long as it has not changed its root, nothing else would find it. It may
# have missed this process's death if it has another parent already.
status=0
setsid setpriv --pdeathsig KILL -- sh -c '
    if [ "$PPID" != "$1" ]; then exit 1; fi
    shift
    exec "$@"
' chroot.sh $$ "$@" 3<&- || status=$?
end_all
kill "$watcher" 2> /dev/null || true
exit "$status"
