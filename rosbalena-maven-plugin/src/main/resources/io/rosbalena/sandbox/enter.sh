# enter.sh ROOT FORMAT N (SOURCE TARGET ro|rw){N} PROGRAM ARG...
# Runs as process 1 of new namespaces: builds the view of a root, then runs PROGRAM (which changes into the root).
# Prints the line "ready" once everything is mounted, and starts PROGRAM when a line comes on standard input; what is
# printed before tells why it could not be. FORMAT, if there is one, is for the list of the user namespace (binfmt_misc).
# Uses only util-linux, coreutils and hostname; ip, where it is there, starts the loopback interface, else python3 of the
# root, where that is there.
set -eu
umask 022
root=$1
format=$2
left=$3
shift 3

mount --bind "$root" "$root"
mount -o remount,bind,nosuid,nodev "$root"
while [ "$left" -gt 0 ]; do
    # Recursive, since a user namespace may not uncover what a mount below SOURCE hides.
    mount --rbind "$1" "$root$2"
    if [ "$3" = ro ]; then mount -o remount,bind,ro,nosuid,nodev "$root$2"; fi
    shift 3
    left=$((left - 1))
done
# Only now, since SOURCE may be a folder of the root itself, and a mount made from a read-only one would be so too.
mount -o remount,bind,ro,nosuid,nodev "$root"

mount -t tmpfs -o mode=1777,nosuid,nodev tmp "$root/tmp"
mount -t tmpfs -o mode=755,nosuid,nodev run "$root/run"
mount -t tmpfs -o mode=755,nosuid,noexec dev "$root/dev"
for node in null zero full random urandom tty; do
    : > "$root/dev/$node"
    mount --bind "/dev/$node" "$root/dev/$node"
done
ln -s /proc/self/fd "$root/dev/fd"
ln -s /proc/self/fd/0 "$root/dev/stdin"
ln -s /proc/self/fd/1 "$root/dev/stdout"
ln -s /proc/self/fd/2 "$root/dev/stderr"
mkdir "$root/dev/shm" "$root/dev/pts"
mount -t tmpfs -o mode=1777,nosuid,nodev shm "$root/dev/shm"
mount -t devpts -o newinstance,ptmxmode=0666,mode=620 devpts "$root/dev/pts"
ln -s pts/ptmx "$root/dev/ptmx"
if [ -n "$format" ]; then
    # It lasts as long as it is mounted, and is covered next.
    mount -t binfmt_misc formats "$root/proc"
    printf '%s' "$format" > "$root/proc/register"
fi
mount -t proc -o nosuid,nodev,noexec proc "$root/proc"
hostname rosbalena
# With multicast and a route for it: DDS finds its participants that way, else it has room for ten.
if command -v ip > /dev/null; then
    ip link set lo up multicast on
    ip route add 224.0.0.0/4 dev lo
elif [ -x "$root/usr/bin/python3" ]; then
    # The same by SIOCSIFFLAGS (netdevice(7): UP, LOOPBACK, RUNNING, MULTICAST) and RTM_NEWROUTE (rtnetlink(7)), with no
    # right besides.
    env -i setpriv --no-new-privs --bounding-set=-all,+net_admin,+sys_chroot -- \
        unshare --root="$root" -- /usr/bin/python3 -I -S -c '
import fcntl, socket, struct
fcntl.ioctl(socket.socket(socket.AF_INET, socket.SOCK_DGRAM), 0x8914, struct.pack("16sH14x", b"lo", 0x1049))
route = struct.pack("8BI", socket.AF_INET, 4, 0, 0, 254, 3, 253, 1, 0)
route += struct.pack("HH4s", 8, 1, socket.inet_aton("224.0.0.0")) + struct.pack("HHi", 8, 4, 1)
kernel = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, socket.NETLINK_ROUTE)
kernel.send(struct.pack("IHHII", 16 + len(route), 24, 0x405, 1, 0) + route)
error, = struct.unpack_from("i", kernel.recv(4096), 16)
if error: raise OSError(-error, "no route for multicast")
'
fi
# Far more than compilers need. It counts for a plain user (the kernel lets the machine's root have any number); a limit
# of the machine that is lower stays.
if command -v prlimit > /dev/null; then prlimit --pid $$ --nproc=16384:16384 2> /dev/null || true; fi
echo ready
# No line comes from a caller that was killed or interrupted meanwhile.
read -r line || exit 143

# A child, not exec: process 1 would ignore the signals that it sends to itself, so abort() would end otherwise than
# elsewhere. A session of its own has no terminal to ask on.
status=0
setsid "$@" < /dev/null || status=$?
exit "$status"
