package io.rosbalena.lint.rules;

import java.util.Locale;

/**
 * CycloneDDS without multicast gives each process of a machine an index, from 0 to MaxAutoParticipantIndex, 9 if nothing
 * says otherwise (cyclonedds 1475): the eleventh process does not start.
 */
final class ParticipantIndex implements Check {
    private static final String VARIABLE = "CYCLONEDDS_URI";

    @Override
    public void check(RobotView robot, Report report) {
        for (ServiceView service : robot.services()) {
            String text =
                    service.variable(VARIABLE).orElse("").replaceAll("\\s", "").toLowerCase(Locale.ROOT);
            boolean noMulticast = text.contains("<allowmulticast>false") || text.contains("allowmulticast=\"false\"");
            if (noMulticast && !text.contains("maxautoparticipantindex")) {
                report.add(
                        LintRule.PARTICIPANT_INDEX,
                        service.service(),
                        "environment." + VARIABLE,
                        "without multicast CycloneDDS lets ten processes of a machine take part, and the next one does"
                                + " not start",
                        "add <Discovery><ParticipantIndex>auto</ParticipantIndex>"
                                + "<MaxAutoParticipantIndex>100</MaxAutoParticipantIndex></Discovery>");
            }
        }
    }
}
