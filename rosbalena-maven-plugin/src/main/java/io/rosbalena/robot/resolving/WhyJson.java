package io.rosbalena.robot.resolving;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Chains for programs; the keys are documented on the site's page of the goal. */
final class WhyJson {
    private WhyJson() {}

    static List<String> of(WhyReport report) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("schema", TreeJson.SCHEMA);
        document.put("name", report.name());
        document.put("kind", report.kind().word());
        document.put("holders", report.sets().stream().map(WhyJson::holder).toList());
        return TreeJson.lines(document);
    }

    private static Map<String, Object> holder(WhyReport.Holder holder) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("platform", holder.platform());
        object.put("set", holder.set());
        holder.version().ifPresent(version -> object.put("version", version));
        object.put("pruned", holder.pruned());
        object.put("size", holder.size());
        object.put("sizeWithOwn", holder.sizeWithOwn());
        object.put("chains", holder.chains().stream().map(WhyJson::chain).toList());
        object.put("further", holder.further());
        return object;
    }

    private static Map<String, Object> chain(WhyReport.Chain chain) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("weight", chain.weight());
        chain.keyWeight().ifPresent(weight -> object.put("keyWeight", weight));
        chain.cut().ifPresent(cut -> object.put("cut", chain.edges().indexOf(cut)));
        object.put("edges", chain.edges().stream().map(WhyJson::edge).toList());
        return object;
    }

    private static Map<String, Object> edge(Edge edge) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("kind", edge.to().kind().word());
        object.put("name", edge.to().name());
        object.put("reason", edge.reason());
        return object;
    }
}
