"""Reads a JSON object of copyright files' texts by name, writes the licenses that python3-debian finds in each."""
import json
import logging
import re
import sys
import warnings

from debian.copyright import Copyright

WORD = r'[^\s,]+'
NAME = WORD + r'( with [^,]+ exceptions?)?'
SHORT_NAMES = re.compile('^' + NAME + '((,? and |,? or )' + NAME + ')*$')


def licenses(text):
    try:
        document = Copyright(text.splitlines(), strict=False)
        found = [p.license.synopsis for p in document.all_files_paragraphs() if p.license]
    except Exception:
        return None
    found = [' '.join(synopsis.split()) for synopsis in found]
    return sorted({synopsis for synopsis in found if SHORT_NAMES.match(synopsis)})


warnings.simplefilter('ignore')
logging.disable()
json.dump({name: licenses(text) for name, text in json.load(sys.stdin)['files'].items()}, sys.stdout)
