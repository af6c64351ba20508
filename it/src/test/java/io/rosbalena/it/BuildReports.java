package io.rosbalena.it;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** {@code build.json} against the schema that the plugin ships. */
final class BuildReports {
    private BuildReports() {}

    /** What a schema validator says against a project's report; nothing if it is as the schema wants it. */
    static Set<ValidationMessage> faults(Path project) throws IOException {
        try (InputStream schema = BuildReports.class.getResourceAsStream("/io/rosbalena/robot/build.schema.json")) {
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(schema)
                    .validate(Files.readString(project.resolve("target/rosbalena/build.json")), InputFormat.JSON);
        }
    }
}
