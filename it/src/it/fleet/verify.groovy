def digest = { robot ->
    def manifest = new File(basedir, robot + '/target/rosbalena/docker-compose.yml').text
    (manifest =~ /image: ${robot}\/clock@(sha256:[0-9a-f]{64})/)[0][1]
}
assert digest('camera') == digest('planner')
assert new File(basedir, 'build.log').text.contains('thread count of 2')
