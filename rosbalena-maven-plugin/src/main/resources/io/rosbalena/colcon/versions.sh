# versions.sh: what compiles on this machine, as far as its programs tell; the same for the same machine.
set -eu
uname -sm
for tool in "${CC:-cc}" "${CXX:-c++}" ld cmake make ninja pkg-config; do
    echo "== $tool"
    # Without quotes: CC may be a program with options.
    $tool --version 2> /dev/null || echo none
done
echo "== python3"
python3 - << 'END'
import importlib.metadata, sys
print(sys.version)
for line in sorted({str((one.metadata['Name'], one.version)) for one in importlib.metadata.distributions()}):
    print(line)
END
