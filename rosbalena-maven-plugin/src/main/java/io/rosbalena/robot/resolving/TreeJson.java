package io.rosbalena.robot.resolving;

import io.rosbalena.json.Json;
import io.rosbalena.lock.LockedPackage;
import io.rosbalena.lock.LockedWheel;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tree for programs. Its keys are documented on the site's page of the goal; new ones may be added. */
final class TreeJson {
    static final int SCHEMA = 1;

    private TreeJson() {}

    static List<String> of(String rosDistro, List<ResolvedPlatform> platforms) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("schema", SCHEMA);
        document.put("rosDistro", rosDistro);
        document.put("platforms", platforms.stream().map(TreeJson::platform).toList());
        return lines(document);
    }

    static List<String> lines(Map<String, Object> document) {
        return new String(Json.pretty(document), StandardCharsets.UTF_8).lines().toList();
    }

    private static Map<String, Object> platform(ResolvedPlatform platform) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("platform", platform.name());
        object.put("os", platform.os().name());
        object.put("codename", platform.os().codename());
        object.put(
                "services",
                platform.sets().stream()
                        .filter(set -> !set.isBuildRoot())
                        .map(TreeJson::set)
                        .toList());
        platform.sets().stream().filter(ResolvedSet::isBuildRoot).forEach(set -> object.put("buildRoot", set(set)));
        return object;
    }

    private static Map<String, Object> set(ResolvedSet set) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("name", set.name());
        object.put("size", set.size());
        object.put("asks", set.asks().stream().map(TreeJson::ask).toList());
        object.put("packages", set.members().stream().map(TreeJson::member).toList());
        object.put("pruned", set.pruned().stream().map(TreeJson::member).toList());
        object.put("wheels", set.wheels().stream().map(TreeJson::wheel).toList());
        return object;
    }

    private static Map<String, Object> ask(Ask ask) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("kind", ask.kind().word());
        object.put("name", ask.name());
        object.put("file", ask.file());
        object.put("line", ask.line());
        object.put("via", ask.via());
        object.put("needs", ask.needs().stream().map(TreeJson::need).toList());
        object.put("keys", ask.keys().stream().map(TreeJson::key).toList());
        object.put("packages", ask.packages().stream().map(TreeJson::named).toList());
        return object;
    }

    private static Map<String, Object> need(Ask.Need need) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("name", need.name());
        object.put("line", need.line());
        return object;
    }

    private static Map<String, Object> key(Ask.Key key) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("key", key.name());
        object.put("line", key.line());
        object.put("state", key.state().word());
        object.put("rules", key.rules().stream().map(TreeJson::rule).toList());
        return object;
    }

    private static Map<String, Object> rule(Ask.Rule rule) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("key", rule.key());
        object.put("source", rule.place().source());
        object.put("line", rule.place().line());
        object.put("installer", rule.installer());
        object.put("packages", rule.packages().stream().map(TreeJson::named).toList());
        return object;
    }

    private static Map<String, Object> named(SystemPackage one) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("name", one.name());
        one.version().ifPresent(version -> object.put("version", version));
        object.put("size", one.size());
        object.put("from", one.from().word());
        return object;
    }

    private static Map<String, Object> wheel(LockedWheel one) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("name", one.name());
        object.put("version", one.version());
        object.put("filename", one.filename());
        object.put("size", one.size());
        object.put("sha256", one.sha256().hex());
        return object;
    }

    private static Map<String, Object> member(LockedPackage one) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("name", one.name());
        object.put("version", one.version());
        object.put("architecture", one.arch());
        object.put("size", one.size());
        object.put("sha256", one.sha256().hex());
        object.put("layer", one.layer());
        object.put("auto", one.auto());
        object.put("why", one.why());
        return object;
    }
}
