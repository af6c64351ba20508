# chroot.sh COPY FOLDER PROGRAM ARG...
# Runs PROGRAM (which changes into COPY, a private copy of a root, and there into FOLDER) where nothing may be mounted. There are no namespaces,
# so the processes inside are told by their root directory, and ended with it.
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

status=0
setsid "$@" 3<&- || status=$?
end_all
kill "$watcher" 2> /dev/null || true
exit "$status"
