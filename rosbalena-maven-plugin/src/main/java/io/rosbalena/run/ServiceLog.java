package io.rosbalena.run;

import io.rosbalena.finding.Finding;
import java.util.Collection;
import java.util.function.Consumer;

/** What a run tells while it goes on. All methods may be called from several threads. */
public interface ServiceLog {
    /** A line that a service printed. */
    void line(String service, String text);

    /** Something that happened to a service, for example {@code ended with exit status 1}. */
    void event(String service, String text);

    /** Something that is not as the manifest asks. */
    void finding(Finding finding);

    /** Writes each as one line, which begins with the service's name, all as wide as the longest of these names. */
    static ServiceLog prefixed(Collection<String> services, Consumer<String> sink) {
        int width = services.stream().mapToInt(String::length).max().orElse(0);
        return new ServiceLog() {
            @Override
            public synchronized void line(String service, String text) {
                sink.accept(service + " ".repeat(Math.max(0, width - service.length())) + " | " + text);
            }

            @Override
            public synchronized void event(String service, String text) {
                sink.accept(service + " " + text);
            }

            @Override
            public synchronized void finding(Finding finding) {
                sink.accept(finding.print());
            }
        };
    }
}
