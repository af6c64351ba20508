# probe-emulation-chroot.sh NSENTER PROGRAM: whether a program of another processor runs where only the root directory can
# be changed, in a folder in which nothing else stands; PROGRAM is its file as printf takes it.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
printf "$2" > "$folder/program"
chmod 755 "$folder/program"
"$1" --root="$folder" --wd="$folder" -- /program
echo ready
