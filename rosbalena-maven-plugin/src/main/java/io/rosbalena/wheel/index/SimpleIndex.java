package io.rosbalena.wheel.index;

import io.rosbalena.transfer.Location;
import io.rosbalena.transfer.NotFoundException;
import io.rosbalena.transfer.Transfer;
import io.rosbalena.transfer.TransferFinding;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Package indexes that speak the simple repository API (PEP 503), asked together as pip asks them. */
public final class SimpleIndex {
    /** The pages of projects with thousands of files have a few megabytes. */
    private static final long LIMIT = 64L << 20;

    private final List<URI> roots;
    private final Transfer transfer;
    private final Map<String, List<IndexFile>> known = new HashMap<>();
    private final Map<String, List<String>> unverified = new HashMap<>();

    /** @param roots addresses of indexes, as pip's {@code --index-url} takes them */
    public SimpleIndex(List<URI> roots, Transfer transfer) {
        this.roots = List.copyOf(roots);
        this.transfer = transfer;
    }

    /**
     * The files of a project, those of the first index first; a file of one name counts once.
     *
     * @param project normalised name
     * @return empty if no index has the project
     * @throws io.rosbalena.finding.FindingException if an index cannot be asked: without it another one would give
     *     other files
     */
    public List<IndexFile> files(String project) {
        List<IndexFile> files = known.get(project);
        if (files == null) {
            files = read(project);
            known.put(project, files);
        }
        return files;
    }

    /** The files of a project that cannot be used, since their index gives no SHA-256 for them. */
    public List<String> unverified(String project) {
        return unverified.getOrDefault(project, List.of());
    }

    private List<IndexFile> read(String project) {
        List<IndexFile> files = new ArrayList<>();
        List<String> doubtful = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (URI root : roots) {
            URI uri = page(root, project);
            try {
                ProjectPage page = ProjectPage.parse(transfer.read(uri, LIMIT), project, uri);
                page.files().stream().filter(file -> names.add(file.filename())).forEach(files::add);
                doubtful.addAll(page.unverified());
            } catch (NotFoundException e) {
                // Another index may have it; if none has, the caller says so.
            } catch (IOException e) {
                throw TransferFinding.exception("the index page of the Python project " + project, uri, e);
            }
        }
        doubtful.removeAll(names);
        unverified.put(project, doubtful);
        return List.copyOf(files);
    }

    /** What messages call the indexes. */
    public List<String> names() {
        return roots.stream().map(Location::show).toList();
    }

    private static URI page(URI root, String project) {
        String text = root.toString();
        String page = (text.endsWith("/") ? text : text + "/") + project + "/";
        // A folder on disk has no server that would find the page in it.
        return URI.create("file".equalsIgnoreCase(root.getScheme()) ? page + "index.html" : page);
    }
}
