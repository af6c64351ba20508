package io.rosbalena.robot.exporting;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.Findings;
import io.rosbalena.lock.LockedWheel;
import java.net.URI;
import java.util.List;

/** Wheels as a requirements file of pip that demands their digests. */
final class WheelList {
    private WheelList() {}

    /**
     * The file's text.
     *
     * @param indexes as the POM names them; none: pip's own
     * @param findings gets RB189 for what pip does otherwise than this plugin
     */
    static String of(List<LockedWheel> wheels, List<String> indexes, Findings findings) {
        StringBuilder text =
                new StringBuilder("# Written by rosbalena-maven-plugin (goal dockerfile) from the lock.\n");
        String option = "--index-url ";
        for (String index : indexes) {
            if (isReachable(index)) {
                text.append(option).append(index).append('\n');
                option = "--extra-index-url ";
            } else {
                findings.add(Finding.warning(
                                "RB189",
                                "an index of Python projects that needs a login or is a folder is left"
                                        + " out: pip asks its own")
                        .at("pom.xml")
                        .fix("name an address that the builder reaches without a login"));
            }
        }
        for (LockedWheel wheel : wheels) {
            text.append(wheel.name()).append("==").append(wheel.version()).append(" --hash=");
            text.append(wheel.source().map(LockedWheel.Source::sha256).orElse(wheel.sha256()));
            text.append('\n');
            wheel.source()
                    .ifPresent(
                            source -> findings.add(
                                    Finding.warning(
                                                    "RB189",
                                                    wheel.name() + " " + wheel.version()
                                                            + " is made from sources by the builder, with tools"
                                                            + " that no lock pins")
                                            .at("rosbalena.lock")
                                            .fix(
                                                    "name an index that has a wheel of it, or live with another image for the same lock")));
        }
        return text.toString();
    }

    private static boolean isReachable(String index) {
        if (!index.startsWith("https://") && !index.startsWith("http://")) {
            return false;
        }
        try {
            return URI.create(index).getRawUserInfo() == null;
        } catch (IllegalArgumentException e) {
            // No address, so nobody reaches it.
            return false;
        }
    }
}
