# probe-emulation.sh FORMAT PROGRAM: whether a program of another processor runs in a root of its own, in which nothing
# else stands. FORMAT is registered first unless it is empty, in a list that belongs to this user namespace alone; PROGRAM
# is its file as printf takes it.
set -eu
mount -t tmpfs -o mode=755,nosuid,nodev probe /tmp
mkdir /tmp/formats /tmp/root
if [ -n "$1" ]; then
    mount -t binfmt_misc formats /tmp/formats
    printf '%s' "$1" > /tmp/formats/register
fi
printf "$2" > /tmp/root/program
chmod 755 /tmp/root/program
unshare --root=/tmp/root --wd=/ -- /program
echo ready
