package io.rosbalena.bench;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Reading the workspace of 239 packages and resolving its keys in a warm Java machine, measured by JMH. */
final class Warmed implements Measurement {
    private final Workplace workplace;

    Warmed(Workplace workplace) {
        this.workplace = workplace;
    }

    @Override
    public List<Row> measure() throws IOException, InterruptedException {
        RosWorkspace workspace = RosWorkspace.unpacked(workplace);
        RosdepTools tools = new RosdepTools(workplace, workspace);
        Cost theirs = tools.listAndResolve();
        // JMH starts its own Java machine with the class path that this property names; Maven keeps it in a loader.
        System.setProperty("java.class.path", classPath());
        Collection<RunResult> results;
        try {
            results = new Runner(new OptionsBuilder()
                            .include(KeysOfWorkspace.class.getSimpleName())
                            .verbosity(VerboseMode.SILENT)
                            .jvmArgs(
                                    "-Dbench.workspace=" + workspace.sources(),
                                    "-Dbench.databases=" + workplace.rosdistro(),
                                    "-Dbench.store=" + workplace.store())
                            .build())
                    .run();
        } catch (RunnerException e) {
            throw new IOException(e);
        }
        List<Row> rows = new ArrayList<>();
        for (RunResult result : results) {
            boolean all = result.getPrimaryResult().getLabel().equals("keysOfWorkspace");
            rows.add(Row.milliseconds(
                    all ? "239 packages scanned, ordered and resolved" : "the databases alone",
                    result.getPrimaryResult().getScore(),
                    RosdepTools.NAME,
                    theirs,
                    all ? 40 : 50));
        }
        return rows;
    }

    private static String classPath() throws IOException {
        List<String> entries = new ArrayList<>();
        for (ClassLoader loader = Warmed.class.getClassLoader(); loader != null; loader = loader.getParent()) {
            if (loader instanceof URLClassLoader urls) {
                for (URL url : urls.getURLs()) {
                    try {
                        entries.add(Path.of(url.toURI()).toString());
                    } catch (URISyntaxException e) {
                        throw new IOException(e);
                    }
                }
                break;
            }
        }
        return String.join(File.pathSeparator, entries);
    }
}
