package io.rosbalena.sandbox;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.store.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * A root on disk as an image of docker or podman, under a name by its content, so that it is loaded once.
 *
 * @param tool which of both
 * @param name what the image is called there
 */
record ContainerImage(ContainerTool tool, String name) {

    /** The image of a root, loaded if it is not there. */
    static ContainerImage of(ContainerTool tool, Path root) throws IOException, InterruptedException {
        String digest = Digest.of(StatManifest.of(root).text()).hex().substring(0, 32);
        ContainerImage image = new ContainerImage(tool, "localhost/rosbalena-root:" + digest);
        if (tool.said(List.of("image", "inspect", image.name())).status() != 0) {
            image.load(root);
        }
        return image;
    }

    private void load(Path root) throws IOException, InterruptedException {
        // Every file belongs to the caller on disk, and to root inside.
        Process tar = new ProcessBuilder(
                        Tool.require("tar", "tar").toString(),
                        "--create",
                        "--numeric-owner",
                        "--owner=0",
                        "--group=0",
                        "--directory=" + root,
                        ".")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        Process load = tool.start(List.of("import", "-", name));
        try {
            boolean broken = false;
            try (InputStream in = tar.getInputStream();
                    OutputStream out = load.getOutputStream()) {
                in.transferTo(out);
            } catch (IOException e) {
                // It ended early, and says why.
                broken = true;
            }
            String text = new String(load.getInputStream().readNBytes(1 << 20), StandardCharsets.UTF_8);
            if (load.waitFor() != 0 || (!broken && tar.waitFor() != 0)) {
                remove();
                throw FindingException.environment(
                        Finding.error("RB480", tool.name() + " cannot load the build root as an image: " + text.strip())
                                .fix("see that " + tool.name() + " works and has room: " + tool.name() + " system df"));
            }
        } finally {
            load.destroyForcibly();
            tar.destroyForcibly();
        }
    }

    /** Removes it, if it is there. */
    void remove() throws IOException, InterruptedException {
        tool.said(List.of("image", "rm", "--force", name));
    }
}
