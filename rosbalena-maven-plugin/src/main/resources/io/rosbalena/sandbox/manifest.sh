# manifest.sh FOLDER: what is known of each file below FOLDER without reading it, in an order that depends on nothing else.
# Each ends with a NUL: kind and permissions, size, time of modification, path. A directory's size depends on the file
# system, its time on what was mounted or removed below it. Ends with status 0 only after the whole.
set -eu
cd "$1"
{
    if find . -mindepth 1 \( -type d -printf '%M - - %P\0' \) -o -printf '%M %s %T@ %P\0'; then printf 'whole\0'; fi
} | sort --zero-terminated
