package io.rosbalena.wheel;

import io.rosbalena.store.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** A package index in a folder, in the form that pip takes, too. */
public final class IndexOnDisk {
    private final Path folder;
    private final Map<String, StringBuilder> pages = new TreeMap<>();

    private IndexOnDisk(Path folder) {
        this.folder = folder;
    }

    public static IndexOnDisk in(Path folder) {
        return new IndexOnDisk(folder);
    }

    /** What pip's {@code --index-url} takes. */
    public String uri() {
        return folder.resolve("simple").toUri().toString();
    }

    public IndexOnDisk wheel(WheelOnDisk wheel, String... attributes) throws IOException {
        return file(wheel.write(folder.resolve("files")), attributes);
    }

    /**
     * Offers a file.
     *
     * @param attributes of its link, such as {@code data-yanked=""}
     */
    public IndexOnDisk file(Path file, String... attributes) throws IOException {
        String name = file.getFileName().toString();
        String project = ProjectName.normalize(name.substring(0, name.indexOf('-')));
        Path place = folder.resolve("files").resolve(name);
        Files.createDirectories(place.getParent());
        if (!file.equals(place)) {
            Files.copy(file, place);
        }
        pages.computeIfAbsent(project, any -> new StringBuilder())
                .append("<a href=\"../../files/")
                .append(name.replace("+", "%2B"))
                .append("#sha256=")
                .append(Digest.of(place).hex())
                .append("\" ")
                .append(String.join(" ", attributes))
                .append('>')
                .append(name)
                .append("</a><br/>\n");
        Path page = folder.resolve("simple").resolve(project).resolve("index.html");
        Files.createDirectories(page.getParent());
        Files.writeString(
                page,
                "<!DOCTYPE html>\n<html><head><meta name=\"pypi:repository-version\" content=\"1.0\"></head><body>\n"
                        + pages.get(project) + "</body></html>\n",
                StandardCharsets.UTF_8);
        return this;
    }
}
