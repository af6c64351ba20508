package io.rosbalena.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.maven.plugin.descriptor.MojoDescriptor;
import org.apache.maven.plugin.descriptor.Parameter;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.codehaus.plexus.util.xml.Xpp3DomBuilder;
import org.codehaus.plexus.util.xml.pull.XmlPullParserException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The parameters that the plugin's descriptor promises to users. */
class ParametersTest {
    private static final Map<String, String> OF_EVERY_GOAL_ON_A_ROBOT = new TreeMap<>(Map.ofEntries(
            Map.entry("from", ""),
            Map.entry("rosDistro", ""),
            Map.entry("conditionVariables", ""),
            Map.entry("deviceTypes", ""),
            Map.entry("pipIndexes", ""),
            Map.entry("platforms", ""),
            Map.entry("sourceDirectory", "${basedir}/src"),
            Map.entry("composeFile", "${basedir}/docker-compose.yml"),
            Map.entry("lockFile", "${basedir}/rosbalena.lock"),
            Map.entry("aptSources", ""),
            Map.entry("keyrings", ""),
            Map.entry("replaceAptSources", "false"),
            Map.entry("rosdepSources", ""),
            Map.entry("rosdistroIndex", ""),
            Map.entry("rosdistroTag", ""),
            Map.entry("dependencyTypes", "exec"),
            Map.entry("skipKeys", ""),
            Map.entry("unknownScripts", "warn"),
            Map.entry("installRecommends", "false"),
            Map.entry("prune", "true"),
            Map.entry("pruneDocs", "false"),
            Map.entry("runtimeTrees", "true"),
            Map.entry("byteCode", "true"),
            Map.entry("cmakeArgs", ""),
            Map.entry("emulate", ""),
            Map.entry("ccache", "false"),
            Map.entry("preflight", "fail"),
            Map.entry("maxIndexAge", "0"),
            Map.entry("upgradeBase", ""),
            Map.entry("allowUnsigned", ""),
            Map.entry("verifyLock", "false"),
            Map.entry("snapshotDate", ""),
            Map.entry("snapshots", ""),
            Map.entry("accept", ""),
            Map.entry("overlay", ""),
            Map.entry("tools", "false"),
            Map.entry("allowSetId", ""),
            Map.entry("store", "${user.home}/.cache/rosbalena"),
            Map.entry("storeMaxSize", "20 GB"),
            Map.entry("cache", ""),
            Map.entry("cacheKeys", ""),
            Map.entry("cacheSigningKey", ""),
            Map.entry("locked", "false"),
            Map.entry("strict", "false"),
            Map.entry("skip", "false"),
            Map.entry("engine", "auto"),
            Map.entry("verifyReproducible", ""),
            Map.entry("installDirectory", "${basedir}/install"),
            Map.entry("caFile", ""),
            Map.entry("interpolate", ""),
            Map.entry("sourceRoots", "")));

    private static PluginDescriptor plugin;

    @BeforeAll
    static void readTheDescriptor() throws IOException {
        plugin = Descriptor.read();
    }

    static Stream<MojoDescriptor> goals() throws IOException {
        return Descriptor.read().getMojos().stream();
    }

    @Test
    void theGoalsAreThese() {
        assertThat(plugin.getGoalPrefix()).isEqualTo("rosbalena");
        assertThat(plugin.getMojos())
                .extracting(MojoDescriptor::getGoal)
                .containsExactlyInAnyOrder(
                        "build",
                        "bundle",
                        "clean-store",
                        "deploy",
                        "dev",
                        "devices",
                        "dockerfile",
                        "env",
                        "exec",
                        "finalize",
                        "fleet",
                        "help",
                        "init",
                        "lint",
                        "load",
                        "lock",
                        "login",
                        "logs",
                        "privileges",
                        "push",
                        "resolve",
                        "rollback",
                        "run",
                        "scan",
                        "status",
                        "symbols",
                        "test");
    }

    @Test
    void theDefaultsAreThose() {
        assertThat(defaults(plugin.getMojo("build"))).isEqualTo(OF_EVERY_GOAL_ON_A_ROBOT);
        assertThat(defaults(plugin.getMojo("bundle"))).isEqualTo(OF_EVERY_GOAL_ON_A_ROBOT);
        assertThat(defaults(plugin.getMojo("resolve")))
                .containsAllEntriesOf(OF_EVERY_GOAL_ON_A_ROBOT)
                .containsEntry("format", "tree")
                .containsEntry("output", "")
                .containsEntry("why", "")
                .containsEntry("service", "");
        assertThat(defaults(plugin.getMojo("lint")))
                .containsAllEntriesOf(OF_EVERY_GOAL_ON_A_ROBOT)
                .containsEntry("format", "text")
                .containsEntry("output", "");
        assertThat(defaults(plugin.getMojo("dockerfile")))
                .containsAllEntriesOf(OF_EVERY_GOAL_ON_A_ROBOT)
                .containsEntry("output", "${project.build.directory}/rosbalena/dockerfile")
                .containsEntry("base", "");
        assertThat(defaults(plugin.getMojo("env")))
                .containsAllEntriesOf(OF_EVERY_GOAL_ON_A_ROBOT)
                .containsEntry("fleet", "")
                .containsEntry("apiUrl", "https://api.balena-cloud.com")
                .containsEntry("envFile", "${basedir}/balena-env.yml")
                .containsEntry("device", "")
                .containsEntry("apply", "false");
        for (String goal : new String[] {"devices", "status", "fleet", "finalize", "rollback"}) {
            assertThat(defaults(plugin.getMojo(goal)))
                    .containsAllEntriesOf(OF_EVERY_GOAL_ON_A_ROBOT)
                    .containsEntry("fleet", "")
                    .containsEntry("apiUrl", "https://api.balena-cloud.com");
        }
        assertThat(defaults(plugin.getMojo("login")))
                .containsAllEntriesOf(OF_EVERY_GOAL_ON_A_ROBOT)
                .containsEntry("login", "")
                .containsEntry("key", "")
                .containsEntry("email", "")
                .containsEntry("seconds", "300");
        assertThat(defaults(plugin.getMojo("fleet"))).containsEntry("create", "false");
        assertThat(defaults(plugin.getMojo("finalize"))).containsEntry("release", "");
        assertThat(defaults(plugin.getMojo("rollback")))
                .containsEntry("release", "")
                .containsEntry("device", "")
                .containsEntry("track", "false");
        assertThat(defaults(plugin.getMojo("init")))
                .containsAllEntriesOf(OF_EVERY_GOAL_ON_A_ROBOT)
                .containsEntry("groupId", "")
                .containsEntry("artifactId", "");
        assertThat(defaults(plugin.getMojo("lock")))
                .containsAllEntriesOf(OF_EVERY_GOAL_ON_A_ROBOT)
                .containsEntry("relayer", "false")
                .containsEntry("update", "");
        assertThat(defaults(plugin.getMojo("deploy")))
                .containsAllEntriesOf(OF_EVERY_GOAL_ON_A_ROBOT)
                .containsEntry("fleet", "")
                .containsEntry("apiUrl", "https://api.balena-cloud.com")
                .containsEntry("draft", "false")
                .containsEntry("pin", "false")
                .containsEntry("dryRun", "false")
                .containsEntry("note", "");
        assertThat(defaults(plugin.getMojo("push")))
                .containsAllEntriesOf(OF_EVERY_GOAL_ON_A_ROBOT)
                .containsEntry("to", "");
        assertThat(defaults(plugin.getMojo("dev")))
                .containsAllEntriesOf(OF_EVERY_GOAL_ON_A_ROBOT)
                .containsEntry("device", "")
                .containsEntry("envFile", "${basedir}/balena-env.yml")
                .containsEntry("follow", "true")
                .containsEntry("force", "false")
                .containsEntry("overrideLocks", "false")
                .containsEntry("enginePort", "2375")
                .containsEntry("supervisorPort", "48484");
        assertThat(defaults(plugin.getMojo("load")))
                .containsAllEntriesOf(OF_EVERY_GOAL_ON_A_ROBOT)
                .containsEntry("dockerHost", "");
        assertThat(defaults(plugin.getMojo("logs")))
                .containsAllEntriesOf(OF_EVERY_GOAL_ON_A_ROBOT)
                .containsEntry("device", "")
                .containsEntry("system", "")
                .containsEntry("supervisorPort", "48484");
        assertThat(defaults(plugin.getMojo("run")))
                .containsAllEntriesOf(OF_EVERY_GOAL_ON_A_ROBOT)
                .containsEntry("seconds", "0");
        assertThat(defaults(plugin.getMojo("exec")))
                .containsAllEntriesOf(OF_EVERY_GOAL_ON_A_ROBOT)
                .containsEntry("device", "")
                .containsEntry("service", "")
                .containsEntry("command", "")
                .containsEntry("sshProxy", "")
                .containsEntry("identity", "");
        assertThat(defaults(plugin.getMojo("scan")))
                .containsAllEntriesOf(OF_EVERY_GOAL_ON_A_ROBOT)
                .containsEntry("device", "");
        assertThat(defaults(plugin.getMojo("symbols")))
                .containsAllEntriesOf(OF_EVERY_GOAL_ON_A_ROBOT)
                .containsEntry("core", "")
                .containsEntry("archive", "");
        assertThat(defaults(plugin.getMojo("test")))
                .containsEntry("packages", "")
                .containsEntry("reportsDirectory", "${project.build.directory}/surefire-reports")
                .containsEntry("skipTests", "false")
                .containsEntry("skipAll", "false")
                .containsEntry("testFailureIgnore", "false");
    }

    @ParameterizedTest
    @MethodSource("goals")
    void everyGoalRunsInParallelBuildsAndIsDocumented(MojoDescriptor goal) {
        assertThat(goal.isThreadSafe()).isTrue();
        assertThat(goal.getDescription()).isNotBlank();
    }

    @ParameterizedTest
    @MethodSource("goals")
    void everyParameterIsDocumentedAndHasAUserProperty(MojoDescriptor goal) {
        Map<String, String> others = Map.ofEntries(
                Map.entry("service", "${service}"),
                Map.entry("core", "${core}"),
                Map.entry("follow", "${rosbalena." + goal.getGoal() + ".follow}"),
                Map.entry("base", "${rosbalena.dockerfile.base}"),
                Map.entry("before", "${rosbalena.privileges.before}"),
                Map.entry("archive", "${rosbalena.symbols.archive}"),
                Map.entry("seconds", "${rosbalena." + goal.getGoal() + ".seconds}"),
                Map.entry("key", "${rosbalena.login.key}"),
                Map.entry("email", "${rosbalena.login.email}"),
                Map.entry("format", "${rosbalena." + goal.getGoal() + ".format}"),
                Map.entry("output", "${rosbalena." + goal.getGoal() + ".output}"),
                Map.entry("packages", "${packages}"),
                Map.entry("skipTests", "${skipTests}"),
                Map.entry("skipAll", "${maven.test.skip}"),
                Map.entry("testFailureIgnore", "${maven.test.failure.ignore}"),
                Map.entry("detail", "${detail}"),
                Map.entry("goal", "${goal}"),
                Map.entry("lineLength", "${lineLength}"),
                Map.entry("indentSize", "${indentSize}"));
        for (Parameter parameter : goal.getParameters()) {
            if (parameter.isEditable()) {
                assertThat(parameter.getDescription()).as(parameter.getName()).isNotBlank();
                assertThat(parameter.getExpression())
                        .isEqualTo(
                                others.getOrDefault(parameter.getName(), "${rosbalena." + parameter.getName() + "}"));
            }
        }
    }

    /** What m2e finds no action for is an error in the editor of the POM. */
    @Test
    void eclipseKnowsWhatToDoWithEachGoal() throws IOException, XmlPullParserException {
        Xpp3Dom metadata = Xpp3DomBuilder.build(
                ParametersTest.class.getResourceAsStream("/META-INF/m2e/lifecycle-mapping-metadata.xml"), "UTF-8");
        Xpp3Dom execution = metadata.getChild("pluginExecutions").getChild("pluginExecution");
        assertThat(execution.getChild("action").getChildCount()).isOne();
        assertThat(execution.getChild("pluginExecutionFilter").getChild("goals").getChildren())
                .extracting(Xpp3Dom::getValue)
                .containsExactlyInAnyOrderElementsOf(plugin.getMojos().stream()
                        .map(MojoDescriptor::getGoal)
                        .filter(goal -> !goal.equals("help"))
                        .toList());
    }

    private static Map<String, String> defaults(MojoDescriptor goal) {
        Map<String, String> defaults = new TreeMap<>();
        for (Parameter parameter : goal.getParameters()) {
            if (parameter.isEditable()) {
                defaults.put(parameter.getName(), Objects.requireNonNullElse(parameter.getDefaultValue(), ""));
            }
        }
        return defaults;
    }
}
