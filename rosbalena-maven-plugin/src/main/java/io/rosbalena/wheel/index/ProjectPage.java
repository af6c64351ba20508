package io.rosbalena.wheel.index;

import io.rosbalena.store.Digest;
import io.rosbalena.wheel.PythonVersion;
import io.rosbalena.wheel.SourceFilename;
import io.rosbalena.wheel.VersionSpecifiers;
import io.rosbalena.wheel.WheelFilename;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * The page of a project in an index (PEP 503, with the attributes of PEP 592 and 658).
 *
 * @param files what can be used
 * @param unverified names of files that the page gives no SHA-256 for: nothing would prove what they are
 */
record ProjectPage(List<IndexFile> files, List<String> unverified) {
    private static final String SHA256 = "sha256=";

    ProjectPage {
        files = List.copyOf(files);
        unverified = List.copyOf(unverified);
    }

    /**
     * Reads a page. Links that are no files of the project, and versions or specifiers that nobody can read, are passed
     * over, as pip does.
     *
     * @param project normalised name
     * @param address of the page: links are relative to it
     */
    static ProjectPage parse(byte[] html, String project, URI address) {
        Document document = Jsoup.parse(new String(html, StandardCharsets.UTF_8), "");
        URI base = base(document, address);
        List<IndexFile> files = new ArrayList<>();
        List<String> unverified = new ArrayList<>();
        for (Element link : document.select("a[href]")) {
            Optional<URI> target = resolve(base, link.attr("href"));
            if (target.isPresent() && target.get().getPath() != null) {
                add(link, target.get(), project, files, unverified);
            }
        }
        return new ProjectPage(files, unverified);
    }

    private static URI base(Document document, URI address) {
        Element base = document.selectFirst("base[href]");
        return base == null ? address : resolve(address, base.attr("href")).orElse(address);
    }

    private static Optional<URI> resolve(URI base, String reference) {
        try {
            return Optional.of(base.resolve(new URI(reference.strip().replace(" ", "%20"))));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static void add(Element link, URI target, String project, List<IndexFile> files, List<String> unverified) {
        String path = target.getPath();
        String filename = path.substring(path.lastIndexOf('/') + 1);
        Optional<WheelFilename> wheel =
                WheelFilename.parse(filename).filter(one -> one.project().equals(project));
        Optional<PythonVersion> version = wheel.map(WheelFilename::version)
                .or(() -> SourceFilename.parse(filename, project).map(SourceFilename::version));
        Optional<VersionSpecifiers> python = VersionSpecifiers.parse(link.attr("data-requires-python"));
        if (version.isEmpty() || python.isEmpty()) {
            return;
        }
        Optional<Digest> sha256 =
                digest(Optional.ofNullable(target.getRawFragment()).orElse(""));
        if (sha256.isEmpty()) {
            unverified.add(filename);
            return;
        }
        String metadata = link.hasAttr("data-core-metadata")
                ? link.attr("data-core-metadata")
                : link.attr("data-dist-info-metadata");
        files.add(new IndexFile(
                project,
                version.get(),
                filename,
                wheel.isPresent() ? IndexFile.Kind.WHEEL : IndexFile.Kind.SOURCE,
                withoutFragment(target),
                sha256.get(),
                python.get(),
                link.hasAttr("data-yanked"),
                digest(metadata)));
    }

    /** Several members may stand in a fragment, joined by {@code &}. */
    private static Optional<Digest> digest(String text) {
        for (String member : text.split("&", -1)) {
            String hex = member.startsWith(SHA256)
                    ? member.substring(SHA256.length()).toLowerCase(Locale.ROOT)
                    : "";
            if (hex.matches("[0-9a-f]{64}")) {
                return Optional.of(Digest.parse("sha256:" + hex));
            }
        }
        return Optional.empty();
    }

    private static URI withoutFragment(URI uri) {
        String text = uri.toString();
        int fragment = text.indexOf('#');
        return fragment < 0 ? uri : URI.create(text.substring(0, fragment));
    }
}
