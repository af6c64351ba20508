package io.rosbalena.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes all measurements, or those that {@code -Dbench=} names, and prints ours, the tool's and what follows. */
public final class Bench {
    private Bench() {}

    /** Started by {@code exec:java}, which hands the properties of the POM on. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Workplace workplace = Workplace.ofProperties();
        Map<String, Measurement> all = new LinkedHashMap<>();
        all.put("layers", new Layers(workplace));
        all.put("root", new BuildRoot(workplace));
        all.put("entering", new Entering(workplace));
        all.put("colcon", new Colcon(workplace));
        all.put("compiling", new Compiling(workplace));
        all.put("crossing", new Crossing(workplace));
        all.put("starting", new Starting(workplace));
        all.put("nothing", new NothingChanged(workplace));
        all.put("memory", new Memory(workplace));
        all.put("pushing", new Pushing(workplace));
        all.put("desk", new Desk(workplace));
        all.put("solving", new Solving(workplace));
        all.put("sets", new Sets(workplace));
        if (Files.isDirectory(workplace.shared())) {
            all.put("keys", new Warmed(workplace));
            all.put("resolving", new Resolving(workplace));
        }
        String only = System.getProperty("bench.only", "");
        List<String> wanted = only.isEmpty() ? List.copyOf(all.keySet()) : Arrays.asList(only.split(","));
        if (!all.keySet().containsAll(wanted)) {
            throw new IllegalArgumentException("-Dbench= takes some of " + Set.copyOf(all.keySet()));
        }
        out.println(Runtime.getRuntime().availableProcessors() + " processors, Java "
                + Runtime.version().feature() + ", medians of " + workplace.runs() + " runs");
        for (Map.Entry<String, Measurement> one : all.entrySet()) {
            if (wanted.contains(one.getKey())) {
                for (Row row : one.getValue().measure()) {
                    out.println(one.getKey() + ": " + row.print());
                }
            }
        }
    }
}
