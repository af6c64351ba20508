from setuptools import setup

package_name = 'perception_node'

setup(
    name=package_name,
    version='1.0.0',
    packages=[package_name],
    data_files=[
        ('share/ament_index/resource_index/packages', ['resource/' + package_name]),
        ('share/' + package_name, ['package.xml']),
        ('share/' + package_name + '/config', ['config/perception.yaml']),
        ('share/' + package_name + '/launch', ['launch/courier.launch.py']),
    ],
    install_requires=['setuptools'],
    zip_safe=True,
    maintainer='The rosbalena courier',
    maintainer_email='courier@rosbalena.io',
    description='Finds the brightest column of each frame.',
    license='Apache-2.0',
    entry_points={
        'console_scripts': ['perception_node = perception_node.node:main'],
    },
)
