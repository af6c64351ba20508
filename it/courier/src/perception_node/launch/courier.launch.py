"""Starts the three nodes in one process group, for a machine with ROS 2 installed."""

from launch import LaunchDescription
from launch_ros.actions import Node


def generate_launch_description():
    return LaunchDescription([
        Node(package='camera_driver', executable='camera_driver', arguments=['--rate', '20']),
        Node(package='perception_node', executable='perception_node'),
        Node(package='control_node', executable='control_node', arguments=['--log', 'detections.csv']),
    ])
