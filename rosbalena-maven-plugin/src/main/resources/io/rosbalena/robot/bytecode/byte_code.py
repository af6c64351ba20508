"""Compiles every Python file below one folder into another: byte_code.py SOURCES OUT

Each file is compiled in a process of its own that is as fresh as all others. What an interpreter writes depends on how
many references there are to a name, and so on every file that it has read before.
"""

import importlib.util
import os
import py_compile
import sys


def compile_one(source, path, out):
    """Leaves nothing for a file of another version of Python."""
    target = os.path.join(out, os.path.relpath(importlib.util.cache_from_source(path), "/"))
    os.makedirs(os.path.dirname(target), exist_ok=True)
    try:
        py_compile.compile(
            source,
            cfile=target,
            dfile=path,
            doraise=True,
            invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
        )
    except (py_compile.PyCompileError, SyntaxError, ValueError):
        pass


def main(sources, out):
    for folder, folders, files in os.walk(sources):
        folders.sort()
        for name in sorted(files):
            source = os.path.join(folder, name)
            path = os.path.join("/", os.path.relpath(source, sources))
            child = os.fork()
            if child == 0:
                status = 1
                try:
                    compile_one(source, path, out)
                    status = 0
                finally:
                    os._exit(status)
            if os.waitpid(child, 0)[1] != 0:
                sys.exit("cannot write the byte code of " + path)


main(*sys.argv[1:3])
