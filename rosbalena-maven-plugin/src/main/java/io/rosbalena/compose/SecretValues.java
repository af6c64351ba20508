package io.rosbalena.compose;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.Findings;
import io.rosbalena.yaml.Position;
import io.rosbalena.yaml.YamlScalar;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What stood in a file for variables that {@code x-rosbalena.secrets} names. It is kept for as long as the file is read,
 * to see that it stands nowhere else, and never told.
 */
final class SecretValues {
    /** A shorter value stands in many a text by chance. */
    private static final int SHORTEST = 6;

    private final List<Secret> all = new ArrayList<>();
    private final Set<Position> places = new HashSet<>();

    private record Secret(String service, String name, String value) {
        @Override
        public String toString() {
            return name + " of service " + service;
        }

        boolean isIn(String text) {
            return value.length() >= SHORTEST && text.contains(value);
        }
    }

    void add(String service, String name, YamlScalar value) {
        all.add(new Secret(service, name, value.text()));
        places.add(value.position());
    }

    /** Whether a finding is about a variable that has no value here: only the fleet knows those of secrets. */
    boolean expects(Finding finding) {
        return finding.id().equals(ComposeRule.UNSET_VARIABLE.id())
                && places.contains(new Position(finding.file().orElse(""), finding.line(), finding.column()));
    }

    /** Whether a variable of the project is a part of a secret, so that nobody may know it either. */
    boolean isMadeOf(String value) {
        return !value.isEmpty()
                && all.stream().anyMatch(secret -> secret.value().contains(value));
    }

    /** Tells where a service says a secret aloud. */
    void check(Map<String, Service> services, Findings findings) {
        services.values()
                .forEach(service -> service.fields().forEach((field, value) -> {
                    String text = value.toString();
                    all.stream()
                            .filter(secret -> secret.isIn(text))
                            .findFirst()
                            .ifPresent(secret -> findings.add(finding(service, field, secret)));
                }));
    }

    private static Finding finding(Service service, String field, Secret secret) {
        return ComposeRule.SECRET_ELSEWHERE
                .finding(
                        service.places().of(field),
                        field + " holds the value of the secret " + secret + ", and the manifest is published with the"
                                + " release",
                        "let the program read the variable itself; a variable of this service that is secret as well is"
                                + " named in its x-rosbalena.secrets")
                .inService(service.name());
    }
}
