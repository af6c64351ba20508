package io.rosbalena.lint.python;

import java.util.Set;

/** The modules of Python's own library that are compiled. */
public final class ExtensionModules {
    /**
     * Those of all versions from 3.8 to 3.14, built in or not: {@code sys.builtin_module_names}, the folder {@code
     * lib-dynload}, and what {@code sys.stdlib_module_names} has without a Python file, in CPython's own builds. Which of
     * them are built in, each distribution decides; a version that lacks one is not noticed.
     */
    private static final Set<String> NAMES = Set.of("""
            _abc _ast _asyncio _bisect _blake2 _bz2 _codecs _codecs_cn _codecs_hk _codecs_iso2022 _codecs_jp _codecs_kr
            _codecs_tw _collections _contextvars _crypt _csv _ctypes _curses _curses_panel _datetime _dbm _decimal
            _elementtree _frozen_importlib _frozen_importlib_external _functools _gdbm _hashlib _heapq _hmac _imp
            _interpchannels _interpqueues _interpreters _io _json _locale _lsprof _lzma _md5 _msi _multibytecodec
            _multiprocessing _opcode _operator _overlapped _peg_parser _pickle _posixshmem _posixsubprocess _queue _random
            _remote_debugging _scproxy _sha1 _sha2 _sha256 _sha3 _sha512 _signal _socket _sqlite3 _sre _ssl _stat
            _statistics _string _struct _suggestions _symtable _sysconfig _thread _tkinter _tokenize _tracemalloc _types
            _typing _uuid _warnings _weakref _winapi _wmi _xxinterpchannels _xxsubinterpreters _zoneinfo _zstd array atexit
            audioop binascii builtins cmath errno faulthandler fcntl gc grp itertools marshal math mmap msilib msvcrt nis nt
            ossaudiodev parser posix pwd pyexpat readline resource select spwd sys syslog termios time unicodedata winreg
            winsound zlib""".strip().split("\\s+"));

    private ExtensionModules() {}

    /** Whether Python has a compiled module of this name. */
    public static boolean has(String name) {
        return NAMES.contains(name);
    }
}
