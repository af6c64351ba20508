"""Reads a JSON list of manifests and conditions, writes what catkin_pkg makes of each as one line of text."""
import contextlib
import io
import json
import sys

from catkin_pkg.condition import evaluate_condition
from catkin_pkg.package import InvalidPackage, parse_package_string

KINDS = ['build', 'buildtool', 'build_export', 'buildtool_export', 'exec', 'test', 'doc']
VARIABLES = {'A': '1', 'B': '2'}


def manifest(text):
    try:
        p = parse_package_string(text, None, warnings=[])
    except (InvalidPackage, AssertionError, ValueError) as e:
        return 'error: ' + str(e)
    facts = [str(p.package_format), p.name, p.version, p.plaintext_description]
    for kind in KINDS:
        for d in getattr(p, kind + '_depends'):
            facts.append('%s %s %s %s' % (kind, d.name, d.condition, d.version_gte))
    facts += ['export %s %s' % (e.tagname, e.content) for e in p.exports]
    facts += ['group %s %s' % (g.name, g.condition) for g in p.group_depends]
    facts += ['member %s %s' % (g.name, g.condition) for g in p.member_of_groups]
    return '|'.join(facts)


def condition(text):
    try:
        return str(evaluate_condition(text, VARIABLES))
    except ValueError as e:
        return 'error: ' + str(e)


document = json.load(sys.stdin)
with contextlib.redirect_stdout(io.StringIO()):
    answer = {'manifests': [manifest(t) for t in document['manifests']],
              'conditions': [condition(t) for t in document['conditions']]}
json.dump(answer, sys.stdout)
