package io.rosbalena.lint.rules;

import io.rosbalena.compose.Service;
import io.rosbalena.lint.secret.SecretForm;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Values that should not be in a manifest, which every device and everybody who can read the release sees. No value is
 * ever told.
 */
public final class Secrets implements Check {
    private static final Pattern NAME = Pattern.compile(
            ".*(?:^|_)(?:PASSWORD|PASSWD|PASSPHRASE|SECRET|TOKEN|API_?KEY|PRIVATE_?KEY|ACCESS_?KEY|CREDENTIALS?)(?:_.*)?$");

    /** What stands for a secret elsewhere, or switches something. */
    private static final Pattern HARMLESS = Pattern.compile("|/.*|true|false|yes|no|on|off|[0-9]{1,4}|file:.*");

    private static final Pattern PASSWORD_IN_ADDRESS = Pattern.compile("://[^/\\s:@]+:[^/\\s:@]+@");

    @Override
    public void check(RobotView robot, Report report) {
        for (Service service : robot.compose().services().values()) {
            service.environment().forEach((name, value) -> {
                if (isSecret(value)) {
                    secret(service, "environment." + name, "the value of " + name, report);
                } else if (isLikely(name, value)) {
                    report.add(
                            LintRule.LIKELY_SECRET,
                            service,
                            "environment." + name,
                            name + " looks like it holds a secret, and the manifest is published with the release",
                            "remove it here and set it as a variable of the fleet or the device");
                }
            });
            service.labels().forEach((name, value) -> {
                if (isSecret(value)) {
                    secret(service, "labels." + name, "the label " + name, report);
                }
            });
            for (String field : List.of("command", "entrypoint")) {
                if (service.texts(field).stream().anyMatch(Secrets::isSecret)) {
                    secret(service, field, field, report);
                }
            }
        }
    }

    /** Whether a variable's name and value look like a secret. */
    public static boolean isLikely(String name, String value) {
        return PASSWORD_IN_ADDRESS.matcher(value).find()
                || (NAME.matcher(name.toUpperCase(Locale.ROOT)).matches()
                        && !HARMLESS.matcher(value).matches());
    }

    /** Whether a value has a form that nothing but a secret has. */
    public static boolean isSecret(String value) {
        return SecretForm.find(value).isPresent();
    }

    private static void secret(Service service, String path, String where, Report report) {
        report.add(
                LintRule.SECRET,
                service,
                path,
                where + " holds a key, a token or a password, and the manifest is published with the release",
                "take it out, have it replaced where it is valid, and set the new one as a variable of the fleet or the"
                        + " device");
    }
}
