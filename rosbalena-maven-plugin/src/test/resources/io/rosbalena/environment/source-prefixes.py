"""Puts every prefix of the golden file to disk, lets colcon or ament write its setup files, and sources these with bash.

Prints a line of JSON for each: [id, environment]. With a second argument, the id of another prefix, this one is the
underlay of that: it is sourced before colcon writes the overlay's setup files.
"""
import json
import os
import pathlib
import shutil
import subprocess
import sys

from ament_package.templates import get_prefix_level_template_path
from colcon_core.shell import get_shell_extensions

OVERLAY = '/ros2_ws/install'
UNDERLAY = '/ros2_ws/build'
CHAINED = ('AMENT_PREFIX_PATH', 'COLCON_PREFIX_PATH')


def write(vector, folder):
    for name in os.listdir(folder):
        path = os.path.join(folder, name)
        shutil.rmtree(path) if os.path.isdir(path) else os.remove(path)
    for name, content in vector['files'].items():
        path = pathlib.Path(folder, name)
        if content is None:
            path.mkdir(parents=True)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content)
    if vector['layout'] == 'ament':
        ament(folder)
        return
    pathlib.Path(folder, '.colcon_install_layout').write_text(vector['layout'] + '\n')
    for extensions in get_shell_extensions().values():
        for extension in extensions.values():
            extension.create_prefix_script(pathlib.Path(folder), vector['layout'] == 'merged')


def ament(folder):
    """What ament_cmake_environment makes of the templates."""
    values = {
        '@CMAKE_INSTALL_PREFIX@': folder,
        '@ament_package_PYTHON_EXECUTABLE@': sys.executable,
        '@SKIP_PARENT_PREFIX_PATH@': 'TRUE',
    }
    for name in ('_local_setup_util.py', 'local_setup.bash', 'local_setup.sh.in', 'setup.bash', 'setup.sh.in'):
        text = pathlib.Path(get_prefix_level_template_path(name)).read_text()
        for key, value in values.items():
            text = text.replace(key, value)
        pathlib.Path(folder, name.replace('.in', '')).write_text(text)


def sourced(folder, vector):
    environment = {'PATH': '/usr/bin:/bin'}
    environment.update({name: value.replace('{P}', folder) for name, value in vector['env'].items()})
    command = ['/bin/bash', '-c', '. ' + folder + '/setup.bash > /dev/null 2>&1; env -0']
    said = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True).stdout.decode()
    variables = dict(item.split('=', 1) for item in said.split('\0') if item)
    for name in ('PWD', 'OLDPWD', 'SHLVL', '_'):
        variables.pop(name, None)
    return variables


vectors = {vector['id']: vector for vector in json.load(open(sys.argv[1]))}
for name, vector in vectors.items():
    for variable in CHAINED:
        os.environ.pop(variable, None)
    if len(sys.argv) > 2:
        write(vector, UNDERLAY)
        below = sourced(UNDERLAY, dict(vector, env={}))
        os.environ.update({variable: below[variable] for variable in CHAINED if variable in below})
        write(vectors[sys.argv[2]], OVERLAY)
    else:
        write(vector, OVERLAY)
    print(json.dumps([name, sourced(OVERLAY, vector)]), flush=True)
