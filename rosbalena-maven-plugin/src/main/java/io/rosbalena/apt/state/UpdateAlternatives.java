package io.rosbalena.apt.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the arguments of {@code update-alternatives --install} (update-alternatives(1)). */
final class UpdateAlternatives {
    private UpdateAlternatives() {}

    /** The call, or nothing if the words are not as the manual page says. */
    static Optional<AlternativeCall> parse(List<String> words) {
        int install = words.indexOf("--install");
        if (install < 0 || words.size() < install + 5) {
            return Optional.empty();
        }
        List<AlternativeCall.Follower> followers = new ArrayList<>();
        int at = install + 5;
        while (at < words.size()) {
            boolean slave = words.get(at).equals("--slave") || words.get(at).equals("--follower");
            if (slave && at + 3 < words.size()) {
                followers.add(new AlternativeCall.Follower(words.get(at + 1), words.get(at + 2), words.get(at + 3)));
                at += 4;
            } else if (!slave && words.get(at).startsWith("--")) {
                at++;
            } else {
                return Optional.empty();
            }
        }
        String link = words.get(install + 1);
        String path = words.get(install + 3);
        String priority = words.get(install + 4);
        boolean absolute = link.startsWith("/")
                && path.startsWith("/")
                && followers.stream()
                        .allMatch(
                                one -> one.link().startsWith("/") && one.path().startsWith("/"));
        boolean named = !words.get(install + 2).contains("/")
                && followers.stream().noneMatch(one -> one.name().contains("/"));
        if (!absolute || !named || !priority.matches("-?[0-9]{1,9}")) {
            return Optional.empty();
        }
        return Optional.of(
                new AlternativeCall(link, words.get(install + 2), path, Integer.parseInt(priority), followers));
    }
}
