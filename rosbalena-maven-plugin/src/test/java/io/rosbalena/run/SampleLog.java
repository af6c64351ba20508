package io.rosbalena.run;

import io.rosbalena.finding.Finding;
import java.util.ArrayList;
import java.util.List;

/** Keeps what the services of a run said. */
class SampleLog implements ServiceLog {
    final List<String> lines = new ArrayList<>();

    @Override
    public synchronized void line(String service, String text) {
        lines.add(service + ": " + text);
    }

    @Override
    public synchronized void event(String service, String text) {
        lines.add(service + " " + text);
    }

    @Override
    public synchronized void finding(Finding finding) {
        lines.add(finding.print());
    }
}
