"""Lists the packages of some workspaces in build order, as colcon finds and orders them, as JSON."""
import argparse
import json
import os
import sys

from colcon_core.package_augmentation import augment_packages, get_package_augmentation_extensions
from colcon_core.package_identification import get_package_identification_extensions
from colcon_core.topological_order import topological_order_packages
from colcon_recursive_crawl.package_discovery.recursive_crawl import RecursiveDiscoveryExtension
from colcon_ros.package_identification import ros

answer = []
for workspace in json.load(sys.stdin):
    os.chdir(workspace)
    ros._cached_packages.clear()  # keyed by relative paths
    found = RecursiveDiscoveryExtension().discover(
        args=argparse.Namespace(base_paths=['.'], paths=None),
        identification_extensions=get_package_identification_extensions())
    augment_packages(found, augmentation_extensions=get_package_augmentation_extensions())
    try:
        ordered = topological_order_packages(found, recursive_categories=('run',))
        answer.append([' '.join([d.descriptor.name, str(d.descriptor.path), d.descriptor.type]) for d in ordered])
    except RuntimeError as e:
        answer.append([str(e)])
json.dump(answer, sys.stdout)
