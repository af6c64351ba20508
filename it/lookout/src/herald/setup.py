from setuptools import setup

package_name = 'herald'

setup(
    name=package_name,
    version='1.0.0',
    packages=[package_name],
    data_files=[
        ('share/ament_index/resource_index/packages', ['resource/' + package_name]),
        ('share/' + package_name, ['package.xml']),
    ],
    install_requires=['setuptools'],
    zip_safe=True,
    maintainer='The rosbalena lookout',
    maintainer_email='lookout@rosbalena.io',
    description='Tells what the lookout sees.',
    license='Apache-2.0',
    entry_points={
        'console_scripts': ['herald = herald.main:main'],
    },
)
