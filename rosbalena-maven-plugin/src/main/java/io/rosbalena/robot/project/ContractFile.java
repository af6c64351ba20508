package io.rosbalena.robot.project;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.Findings;
import io.rosbalena.image.Platform;
import io.rosbalena.lint.DeviceType;
import io.rosbalena.lint.contract.BuiltFor;
import io.rosbalena.lint.contract.ContractReader;
import io.rosbalena.lint.contract.ContractRule;
import io.rosbalena.lint.contract.ReleaseContract;
import io.rosbalena.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** {@code balena.yml} of a project. */
public final class ContractFile {
    private ContractFile() {}

    /**
     * Reads it.
     *
     * @param platforms those of the images; none where they are not known
     * @param findings gets what is wrong with it
     * @return empty if the project has none
     */
    public static Optional<ReleaseContract> read(RobotProject project, List<Platform> platforms, Findings findings)
            throws IOException {
        Path directory = project.files().directory();
        Path file = directory.resolve(ReleaseContract.FILE);
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        if (!Files.isRegularFile(file)
                || !file.toRealPath().startsWith(directory.toRealPath())
                || Files.size(file) > YamlReader.LARGEST) {
            findings.add(Finding.error(ContractRule.FORM.id(), "it is not a file of the project with at most 1 MiB")
                    .at(ReleaseContract.FILE)
                    .fix("write the contract into a file of that name, or remove it"));
            return Optional.empty();
        }
        List<DeviceType> types = project.target().deviceTypes().stream()
                .flatMap(slug -> DeviceType.find(slug.strip()).stream())
                .toList();
        return ContractReader.read(
                ReleaseContract.FILE,
                Files.readAllBytes(file),
                new BuiltFor(types, platforms.stream().map(Platform::toString).toList()),
                findings);
    }
}
