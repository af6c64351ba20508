package io.rosbalena.apt.state;

import java.util.List;
import java.util.SortedMap;

/**
 * What a maintainer script would do at a first installation, as far as it is understood.
 *
 * @param accounts users and groups that it makes
 * @param alternatives choices that it installs
 * @param sysusers names of the sysusers.d files that it has applied
 * @param statOverrides owners and modes that it tells dpkg: path, mode, owner, group
 * @param shells login shells that it adds
 * @param unknown the lines that are not understood, by number
 */
record ScriptReading(
        List<AccountRequest> accounts,
        List<AlternativeCall> alternatives,
        List<String> sysusers,
        List<List<String>> statOverrides,
        List<String> shells,
        SortedMap<Integer, String> unknown) {}
