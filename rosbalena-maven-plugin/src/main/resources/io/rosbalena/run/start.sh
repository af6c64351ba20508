# start.sh STATE LAYERS DEVICES IPC NETWORK WRITABLE FOLDER N (KIND SOURCE TARGET){N} PROGRAM ARG...
# Runs as process 1 of new mount and process namespaces: makes a root from an image's layers, then becomes PROGRAM (which
# changes into the root, the current directory). Prints the line "ready" once everything is mounted, and starts PROGRAM
# when a line comes on standard input; what is printed before tells why it could not be.
# Uses only util-linux and coreutils; ip, where it is there, starts the loopback interface of an own network. Each program
# costs 1.5 ms, and a service should start in a tenth of a second: what one call can do, one call does.
#
# STATE     folder with: lower/0 (bottom), lower/1 … links to the layers; upper; work; root
# LAYERS    lower/N:…:lower/0, or empty if STATE/root holds a copy of all layers already
# DEVICES   own: the usual nodes only; all: this machine's
# IPC       host: this machine's /dev/shm; own: a fresh one
# NETWORK   host: this machine's; own: none but a loopback interface
# WRITABLE  rw or ro: whether PROGRAM may write to its root
# FOLDER    its working directory, made if it is missing
# KIND      volume (writable), volume-ro, fresh (writable and empty), device, file; tmpfs with its options as SOURCE
set -eu
umask 022
# libmount's newer way to mount cuts options off at 256 bytes.
export LIBMOUNT_FORCE_MOUNT2=always
layers=$2 devices=$3 ipc=$4 network=$5 writable=$6 folder=$7 left=$8
cd "$1"
shift 8

if [ -n "$layers" ]; then
    # Relative names: options are limited to 4096 bytes, and a colon or comma in a path would need a mask.
    mount -t overlay overlay -o "lowerdir=$layers,upperdir=upper,workdir=work,userxattr,nosuid,nodev" root || {
        echo "overlay refused"
        exit 1
    }
else
    mount --bind root root
    mount -o remount,bind,nosuid,nodev root
fi
cd root

# Sets place to the path below the current directory that $1 means inside: links are followed within the root, as
# PROGRAM will follow them, never on this machine.
resolve() {
    rest=$1
    place=
    links=0
    while [ -n "$rest" ]; do
        part=${rest%%/*}
        rest=${rest#"$part"}
        rest=${rest#/}
        case $part in
            '' | .) ;;
            ..) place=${place%/*} ;;
            *)
                if [ -L ".$place/$part" ]; then
                    links=$((links + 1))
                    if [ "$links" -gt 40 ]; then
                        echo "too many links on the way to $1"
                        exit 1
                    fi
                    link=$(readlink ".$place/$part")
                    case $link in /*) place= ;; esac
                    rest=$link/$rest
                else
                    place=$place/$part
                fi
                ;;
        esac
    done
    place=.$place
}

# Makes the directory, or the empty file, that something is mounted on.
directory() {
    resolve "$1"
    [ -d "$place" ] || mkdir -p "$place"
}
file() {
    resolve "$1"
    if [ ! -e "$place" ]; then
        [ -d "${place%/*}" ] || mkdir -p "${place%/*}"
        : > "$place"
    fi
}

directory /proc
mount -t proc -o nosuid,nodev,noexec proc "$place"
directory /sys
# sysfs cannot be mounted anew without a network namespace of its own.
mount --rbind /sys "$place"
directory /dev
dev=$place
if [ "$devices" = all ]; then
    mount --rbind /dev "$dev"
else
    mount -t tmpfs -o mode=755,nosuid,noexec dev "$dev"
    mkdir "$dev/shm" "$dev/pts"
    (
        cd "$dev"
        for node in null zero full random urandom tty; do
            : > "$node"
            echo "/dev/$node $node none bind"
        done > mounts
        echo "devpts pts devpts newinstance,ptmxmode=0666,mode=620" >> mounts
        if [ "$ipc" = own ]; then echo "shm shm tmpfs mode=1777,nosuid,nodev,size=64m" >> mounts; fi
        mount -a -T ./mounts
        rm mounts
    )
    ln -s /proc/self/fd "$dev/fd"
    ln -s /proc/self/fd/0 "$dev/stdin"
    ln -s /proc/self/fd/1 "$dev/stdout"
    ln -s /proc/self/fd/2 "$dev/stderr"
    ln -s pts/ptmx "$dev/ptmx"
    if [ "$ipc" = host ]; then mount --rbind /dev/shm "$dev/shm"; fi
fi
if [ "$devices" = all ] && [ "$ipc" = own ]; then
    mount -t tmpfs -o mode=1777,nosuid,nodev,size=64m shm "$dev/shm"
fi

while [ "$left" -gt 0 ]; do
    case $1 in
        volume | volume-ro | fresh)
            directory "$3"
            # Engines fill a new volume with what the image has there.
            if [ "$1" = fresh ]; then cp -a "$place/." "$2"; fi
            mount --rbind "$2" "$place"
            if [ "$1" = volume-ro ]; then mount -o remount,bind,ro,nosuid,nodev "$place"; fi
            ;;
        tmpfs)
            directory "$3"
            mount -t tmpfs -o "nosuid,nodev$2" tmpfs "$place"
            ;;
        device | file)
            if [ -d "$2" ]; then directory "$3"; else file "$3"; fi
            mount --rbind "$2" "$place"
            ;;
    esac
    shift 3
    left=$((left - 1))
done
directory "$folder"
if [ "$writable" = ro ]; then mount -o remount,bind,ro,nosuid,nodev .; fi
if [ "$network" = own ] && command -v ip > /dev/null; then ip link set lo up 2> /dev/null || true; fi

# Moved, not only changed into: a program inside may open user namespaces only where its root is a mount's root.
# Status 16 tells that the table of mounts could not be written, which nobody reads.
mount -n --move . / || [ $? = 16 ]
echo ready
# Process 1 of a namespace never sees a signal that it has no handler for, so nobody could stop it before PROGRAM has one.
read -r line || exit 143
exec "$@" < /dev/null
