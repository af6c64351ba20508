package io.rosbalena.robot.exporting;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.RealTool;
import io.rosbalena.finding.Findings;
import io.rosbalena.lock.LockedWheel;
import io.rosbalena.store.Digest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WheelListTest {
    private final Findings findings = new Findings();

    @Test
    void pipGetsTheLockedDigestsAndIsToldOfWhatItMakesItself() {
        Digest sources = Digest.of("sources");
        String text = WheelList.of(
                List.of(
                        new LockedWheel(
                                "one", "1.0", "one-1.0-py3-none-any.whl", 3, Digest.of("one"), Optional.empty()),
                        new LockedWheel(
                                "two",
                                "2",
                                "two-2-py3-none-any.whl",
                                3,
                                Digest.of("two"),
                                Optional.of(new LockedWheel.Source("two-2.tar.gz", sources)))),
                List.of("https://index.example/simple", "wheels", "https://user:pw@index.example/simple"),
                findings);

        assertThat(text.lines().skip(1))
                .containsExactly(
                        "--index-url https://index.example/simple",
                        "one==1.0 --hash=" + Digest.of("one"),
                        "two==2 --hash=" + sources);
        assertThat(findings.all()).hasSize(2).allMatch(one -> one.id().equals("RB189"));
    }

    /** pip itself, which takes the wheel by its digest and refuses another one. */
    @Test
    void pipTakesIt(@TempDir Path folder) throws Exception {
        RealTool.require("python3", "pip3");
        Files.writeString(folder.resolve("make.py"), """
                import zipfile
                with zipfile.ZipFile('one-1.0-py3-none-any.whl', 'w') as z:
                    z.writestr('one.py', 'x = 1')
                    z.writestr('one-1.0.dist-info/METADATA', 'Metadata-Version: 2.1\\nName: one\\nVersion: 1.0\\n')
                    z.writestr('one-1.0.dist-info/WHEEL',
                               'Wheel-Version: 1.0\\nGenerator: x\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n')
                    z.writestr('one-1.0.dist-info/RECORD',
                               'one.py,,\\none-1.0.dist-info/METADATA,,\\none-1.0.dist-info/WHEEL,,\\n'
                               'one-1.0.dist-info/RECORD,,\\n')
                """);
        RealTool.run(folder, "python3", "make.py");
        Path wheel = folder.resolve("one-1.0-py3-none-any.whl");
        Files.writeString(
                folder.resolve("wheels.txt"),
                WheelList.of(
                        List.of(new LockedWheel(
                                "one", "1.0", "one-1.0-py3-none-any.whl", 3, Digest.of(wheel), Optional.empty())),
                        List.of(),
                        findings));
        RealTool.run(
                folder,
                "python3",
                "-m",
                "pip",
                "install",
                "--no-index",
                "--find-links",
                ".",
                "--no-cache-dir",
                "--no-deps",
                "--no-compile",
                "--require-hashes",
                "--target",
                "out",
                "--requirement",
                "wheels.txt");

        assertThat(folder.resolve("out/one.py")).exists();
    }
}
