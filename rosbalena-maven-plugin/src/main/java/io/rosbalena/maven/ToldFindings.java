package io.rosbalena.maven;

import io.rosbalena.finding.Finding;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.project.MavenProject;

/** What the goals of one run of Maven have told already: lint says at the beginning what a build would say again. */
final class ToldFindings {
    private final Set<Finding> told = new HashSet<>();

    /** Those of a project in this run of Maven. */
    static ToldFindings of(MavenSession session, MavenProject project) {
        String key = ToldFindings.class.getName() + " " + project.getId();
        Map<String, Object> data = session.getRequest().getData();
        // Projects may be built at the same time.
        synchronized (data) {
            Object known = data.get(key);
            if (known instanceof ToldFindings findings) {
                return findings;
            }
            ToldFindings fresh = new ToldFindings();
            data.put(key, fresh);
            return fresh;
        }
    }

    /** Whether a finding is told for the first time. */
    synchronized boolean isNew(Finding finding) {
        return told.add(finding);
    }
}
