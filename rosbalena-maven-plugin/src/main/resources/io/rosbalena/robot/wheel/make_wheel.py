"""Makes a wheel from a source archive by the hooks of its build backend (PEP 517), inside the build root.

requires ARCHIVE     prints what must be there for the backend, one requirement a line behind a marker
more ARCHIVE         prints what the backend itself asks for, in the same form
build ARCHIVE OUT    puts the wheel into OUT
"""

import importlib
import os
import sys
import tarfile
import zipfile

MARKER = "rosbalena-requires: "
PLACE = "/ros2_ws/build"


def unpack(archive):
    # One folder holds everything (PEP 625); older archives do the same.
    place = os.path.join(PLACE, "source")
    os.mkdir(place)
    with zipfile.ZipFile(archive) if archive.endswith(".zip") else tarfile.open(archive) as opened:
        opened.extractall(place)
    folders = [name for name in sorted(os.listdir(place)) if os.path.isdir(os.path.join(place, name))]
    return os.path.join(place, folders[0]) if len(folders) == 1 else place


def build_system():
    if not os.path.exists("pyproject.toml"):
        return {}
    try:
        import tomllib
    except ImportError:
        import tomli as tomllib
    with open("pyproject.toml", "rb") as file:
        return tomllib.load(file).get("build-system", {})


def hooks(system):
    for folder in reversed(system.get("backend-path", [])):
        sys.path.insert(0, os.path.abspath(folder))
    name, _, attribute = system.get("build-backend", "setuptools.build_meta:__legacy__").partition(":")
    backend = importlib.import_module(name)
    for part in attribute.split(".") if attribute else []:
        backend = getattr(backend, part)
    return backend


def main(action, archive, *out):
    os.chdir(unpack(archive))
    system = build_system()
    if action == "requires":
        for requirement in system.get("requires", ["setuptools", "wheel"]):
            print(MARKER + requirement, flush=True)
    elif action == "more":
        ask = getattr(hooks(system), "get_requires_for_build_wheel", lambda: [])
        for requirement in ask():
            print(MARKER + requirement, flush=True)
    else:
        hooks(system).build_wheel(out[0])


main(*sys.argv[1:])
