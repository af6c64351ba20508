def manifest = new File(basedir, 'target/rosbalena/docker-compose.yml').text
assert manifest =~ /image: configured\/clock@sha256:[0-9a-f]{64}/
def log = new File(basedir, 'build.log').text
assert log =~ /pom\.xml:\d+: warning RB753 no goal of this plugin knows <lockFil>/
assert log.contains('did you mean <lockFile>?')
