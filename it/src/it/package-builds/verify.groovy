def manifest = new File(basedir, 'target/rosbalena/docker-compose.yml').text
assert manifest =~ /image: small\/clock@sha256:[0-9a-f]{64}/
assert new File(basedir, 'target/rosbalena/images/index.json').isFile()
assert new File(basedir, 'rosbalena.lock').text.contains('tzdata')
def log = new File(basedir, 'build.log').text
assert log.contains('rosbalena:') || log.contains('rosbalena-maven-plugin:')
assert !log.contains('[ERROR]')
