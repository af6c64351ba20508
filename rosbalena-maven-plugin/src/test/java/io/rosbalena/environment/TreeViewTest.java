package io.rosbalena.environment;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.tree.Content;
import io.rosbalena.tree.Entry;
import io.rosbalena.tree.MemoryTree;
import io.rosbalena.tree.TreePath;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class TreeViewTest {
    private final MemoryTree lower = new MemoryTree()
            .file("usr/lib/a", 0644, "low".getBytes(java.nio.charset.StandardCharsets.UTF_8))
            .symlink("lib", "usr/lib")
            .symlink("etc/alternatives/a", "/usr/lib/a")
            .symlink("up", "usr/../etc/alternatives/a")
            .symlink("loop", "loop")
            .symlink("dangling", "nowhere");

    @Test
    void linksAreFollowedInsideTheTree() throws IOException {
        FileView view = TreeView.of(List.of(lower));

        assertThat(view.read("/lib/a"))
                .hasValueSatisfying(bytes -> assertThat(bytes).asString().isEqualTo("low"));
        assertThat(view.isFile("/up")).isTrue();
        assertThat(view.list("/lib")).containsExactly("a");
        assertThat(view.exists("/lib/../../../etc/alternatives/a")).isTrue();
    }

    @Test
    void danglingAndCircularLinksAreNotThere() {
        FileView view = TreeView.of(List.of(lower));

        assertThat(view.exists("/loop")).isFalse();
        assertThat(view.exists("/dangling")).isFalse();
        assertThat(view.isFile("/lib")).isFalse();
    }

    @Test
    void aLaterTreeReplacesWhatAnEarlierOneHolds() throws IOException {
        MemoryTree upper = new MemoryTree().file("usr/lib/a", 0644, new byte[] {'u', 'p'});
        upper.put(new Entry(
                TreePath.parse("usr/lib/b"), Entry.Kind.HARDLINK, 0644, 0, 0, 0, "usr/lib/a", 0, Content.EMPTY));
        FileView view = TreeView.of(List.of(lower, upper));

        assertThat(view.read("/lib/b"))
                .hasValueSatisfying(bytes -> assertThat(bytes).asString().isEqualTo("up"));
        assertThat(view.list("/usr/lib")).containsExactly("a", "b");
    }
}
