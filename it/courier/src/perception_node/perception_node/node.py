"""Reads frames, publishes the bearing of the brightest column."""

import os
import signal
import sys

import numpy
import yaml

from perception_node.bus import Bus


def share_file(name):
    for prefix in os.environ.get('AMENT_PREFIX_PATH', '').split(os.pathsep):
        path = os.path.join(prefix, 'share', 'perception_node', name)
        if os.path.exists(path):
            return path
    raise FileNotFoundError(name)


def bearing(columns, min_contrast):
    """Return where the brightest column stands, from -1 (left) to 1 (right), or None without contrast."""
    brightest = int(numpy.argmax(columns))
    if columns[brightest] - columns.mean() < min_contrast:
        return None
    return 2.0 * brightest / (len(columns) - 1) - 1.0


def main():
    stopping = []
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopping.append(True))
    with open(share_file('config/perception.yaml'), encoding='utf-8') as file:
        config = yaml.safe_load(file)

    bus = Bus()
    frames = bus.reader('camera/frames')
    detections = bus.writer('detections')
    print('perception listens on /camera/frames')
    seen = 0
    while not stopping:
        message = bus.take(frames)
        if message is None:
            bus.wait(frames, 100)
            continue
        fields = numpy.fromstring(message, sep=' ')
        found = bearing(fields[1:], config['min_contrast'])
        if found is not None:
            bus.send(detections, f'{int(fields[0])} {found:.3f}')
        if seen % config['report_every'] == 0:
            print(f'frame {int(fields[0])}: brightest at {found}')
        seen += 1
    print(f'perception stopped after {seen} frames')
    bus.leave()
    return 0


if __name__ == '__main__':
    sys.exit(main())
