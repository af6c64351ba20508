package io.rosbalena.apt.state;

import io.rosbalena.finding.Finding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the maintainer scripts of all packages ask for. Lines that are not understood are told as
 * {@link UnknownScripts} has it, unless the very same lines were read by a person and stand in {@link KnownScripts}.
 *
 * @param accounts users and groups, by package
 * @param alternatives choices, by package
 * @param recipes what else they do, in the form of recipes
 * @param shells login shells that they add
 */
record MaintainerScripts(
        List<AccountRequest> accounts, List<AlternativeCall> alternatives, List<Recipe> recipes, List<String> shells) {
    private static final List<String> RUN_AT_INSTALLATION = List.of("preinst", "postinst");

    static MaintainerScripts read(List<DebFacts> packages, UnknownScripts policy, StateDraft draft) throws IOException {
        MaintainerScripts all =
                new MaintainerScripts(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        boolean sysusers = draft.exists("/usr/bin/systemd-sysusers");
        for (DebFacts facts : packages) {
            for (String name : RUN_AT_INSTALLATION) {
                String script = facts.scripts().get(name);
                if (script == null) {
                    continue;
                }
                ScriptReading reading = ScriptReader.read(name, script, facts);
                // Some scripts make a user by sysusers or else by adduser; the first to ask is who makes it.
                if (sysusers) {
                    all.accounts().addAll(systemUsers(reading, draft));
                }
                all.accounts().addAll(reading.accounts());
                all.alternatives().addAll(reading.alternatives());
                all.shells().addAll(reading.shells());
                for (List<String> override : reading.statOverrides()) {
                    all.recipes()
                            .add(new Recipe(
                                    Pattern.compile(Pattern.quote(facts.name())),
                                    Recipe.Action.STATOVERRIDE,
                                    override));
                }
                if (policy != UnknownScripts.IGNORE
                        && !reading.unknown().isEmpty()
                        && !KnownScripts.standard().knows(facts.name(), name, reading)) {
                    draft.report(finding(facts, name, reading.unknown(), policy));
                }
            }
        }
        all.alternatives().addAll(Recipes.standard().alternatives(packages));
        return all;
    }

    private static List<AccountRequest> systemUsers(ScriptReading reading, StateDraft draft) throws IOException {
        List<AccountRequest> requests = new ArrayList<>();
        for (String file : reading.sysusers()) {
            requests.addAll(
                    SystemUsers.parse(draft.text("/usr/lib/sysusers.d/" + file).orElse("")));
        }
        return requests;
    }

    private static Finding finding(DebFacts facts, String script, Map<Integer, String> unknown, UnknownScripts policy) {
        String lines = unknown.entrySet().stream()
                .map(line -> "line " + line.getKey() + ": " + line.getValue())
                .collect(Collectors.joining("\n    "));
        String message = "maintainer scripts are not run, and what the " + script + " of " + facts.name() + " "
                + facts.version() + " does here is not known:\n    " + lines;
        return (policy == UnknownScripts.FAIL ? Finding.error("RB245", message) : Finding.warning("RB245", message))
                .inPackage(facts.name())
                .fix("if the image needs what these lines do, add it by x-rosbalena.files;"
                        + " -Drosbalena.unknownScripts=ignore says no more of it");
    }
}
