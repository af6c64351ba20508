"""Reads texts from a JSON object, writes what packaging makes of each."""
import json
import os
import sys
import sysconfig

from packaging.markers import UndefinedEnvironmentName
from packaging.requirements import InvalidRequirement, Requirement
from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.tags import sys_tags
from packaging.utils import InvalidWheelFilename, canonicalize_name, parse_wheel_filename
from packaging.version import InvalidVersion, Version


def version(text):
    try:
        return str(Version(text))
    except InvalidVersion:
        return 'none'


def order(pair):
    one, other = map(Version, pair)
    return '<' if one < other else '>' if one > other else '='


def specifiers(text, versions):
    try:
        all_of = SpecifierSet(text)
    except InvalidSpecifier:
        return 'none'
    return ''.join('y' if all_of.contains(v, prereleases=True) else 'n' for v in versions)


def requirement(text, environment, extras):
    try:
        one = Requirement(text)
    except (InvalidRequirement, InvalidSpecifier):
        return 'none'
    holds = ''
    for extra in extras:
        try:
            holds += 'y' if not one.marker or one.marker.evaluate(dict(environment, extra=extra)) else 'n'
        except UndefinedEnvironmentName:
            holds += 'u'
    return '|'.join([
        canonicalize_name(one.name), ','.join(sorted(map(canonicalize_name, one.extras))),
        'address' if one.url else '',
        ''.join('y' if one.specifier.contains(v, prereleases=True) else 'n' for v in ('1', '1.1', '2')), holds])


def wheel(name):
    try:
        project, version, build, tags = parse_wheel_filename(name)
    except (InvalidWheelFilename, InvalidVersion):
        return 'none'
    return '|'.join([project, str(version), ''.join(map(str, build)), ' '.join(sorted(map(str, tags)))])


def tags_on(machine):
    real = sysconfig.get_platform
    sysconfig.get_platform = lambda: 'linux-' + machine
    try:
        return [str(t) for t in sys_tags()]
    finally:
        sysconfig.get_platform = real


asked = json.load(sys.stdin)
json.dump({
    'versions': [version(v) for v in asked['versions']],
    'orders': [order(p) for p in asked['pairs']],
    'specifiers': [specifiers(s['text'], s['probes']) for s in asked['specifiers']],
    'requirements': [requirement(r, asked['environment'], asked['extras']) for r in asked['requirements']],
    'wheels': [wheel(w) for w in asked['wheels']],
    'python': '%d.%d' % sys.version_info[:2],
    'glibc': os.confstr('CS_GNU_LIBC_VERSION').split()[1],
    'tags': {machine: tags_on(machine) for machine in asked['machines']},
}, sys.stdout)
