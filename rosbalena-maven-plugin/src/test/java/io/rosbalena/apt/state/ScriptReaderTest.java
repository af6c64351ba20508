package io.rosbalena.apt.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.apt.deb.ControlStanza;
import io.rosbalena.apt.elf.Linkages;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ScriptReaderTest {
    @Test
    void findsAlternativesAccountsAndSystemUsers() {
        ScriptReading reading = read("""
                #!/bin/sh
                set -e
                NAME=robot
                case "$1" in
                  configure)
                    update-alternatives --install /usr/bin/x x /usr/bin/x.$NAME 10 \\
                        --slave /usr/share/man/man1/x.1 x.1 "/usr/share/man/man1/x.${NAME}.1"
                    if ! getent passwd $NAME >/dev/null; then
                        adduser --system --quiet --home /var/lib/$NAME --group --gecos "The robot" $NAME || true
                    fi
                    adduser $NAME dialout
                    addgroup --system --gid 42 watchers
                    systemd-sysusers ${DPKG_ROOT:+--root="$DPKG_ROOT"} robot.conf
                  ;;
                  abort-upgrade|abort-remove) mv /a /b ;;
                  *) exit 1 ;;
                esac
                """);
        assertThat(reading.unknown()).isEmpty();
        assertThat(reading.alternatives())
                .containsExactly(new AlternativeCall(
                        "/usr/bin/x",
                        "x",
                        "/usr/bin/x.robot",
                        10,
                        List.of(new AlternativeCall.Follower(
                                "/usr/share/man/man1/x.1", "x.1", "/usr/share/man/man1/x.robot.1"))));
        assertThat(reading.accounts())
                .containsExactly(
                        new AccountRequest(
                                AccountRequest.Kind.USER,
                                "robot",
                                Optional.empty(),
                                Optional.of("robot"),
                                "The robot,,,",
                                "/var/lib/robot",
                                "/usr/sbin/nologin",
                                "!"),
                        AccountRequest.member("robot", "dialout"),
                        AccountRequest.group("watchers", Optional.of(42), "!"));
        assertThat(reading.sysusers()).containsExactly("robot.conf");
    }

    @Test
    void passesOverWhatOnlyAnUpgradeDoes() {
        assertThat(read("""
                        if [ "$1" = "configure" ] && [ -n "$2" ] && [ -e /x ]; then
                            mv /x /y
                        elif [ "$1" = triggered ]; then
                            mv /x /y
                        fi
                        if dpkg --compare-versions "$2" lt-nl 1.2; then
                            mv /x /y
                            if true; then mv /x /y; fi
                        fi
                        [ -n "$2" ] && mv /x /y
                        """).unknown()).isEmpty();
    }

    @Test
    void doesNotPassOverABranchThatAFirstInstallationMayTake() {
        assertThat(read("""
                        if [ "$1" = "configure" ] || [ "$1" = "abort-upgrade" ]; then
                            mv /a /b
                        fi
                        if [ -n "$2" ]; then
                            mv /c /d
                        else
                            mv /e /f
                        fi
                        if ! [ -n "$2" ]; then mv /g /h; fi
                        """).unknown())
                .hasToString("{2=mv /a /b, 7=mv /e /f, 9=if ! [ -n \"$2\" ]; then mv /g /h; fi}");
    }

    @Test
    void tellsLinesThatItDoesNotUnderstandByNumber() {
        assertThat(read("""
                        #!/bin/sh
                        # a comment; rm -rf /
                        cat > /etc/config <<EOF
                        mv is only text here
                        EOF
                        fix() {
                            chown "$1" /x # here
                        }
                        fix root
                        echo done > /dev/null 2>&1
                        """).unknown()).hasToString("{3=cat > /etc/config <<EOF, 7=chown \"$1\" /x # here}");
    }

    @Test
    void trustsWhatDebhelperWroteButNotAnUnknownTool() {
        assertThat(read("""
                        # Automatically added by dh_installtmpfiles/13.11
                        frobnicate
                        # End automatically added section
                        # Automatically added by dh_strange/1
                        frobnicate
                        # End automatically added section
                        # Automatically added by dh_installalternatives/13
                        if [ "$1" = "configure" ] || [ "$1" = "abort-remove" ] ; then
                            update-alternatives --install /usr/bin/x x /usr/bin/y 5
                        fi
                        # End automatically added section
                        """)).satisfies(reading -> {
            assertThat(reading.unknown()).hasToString("{5=frobnicate}");
            assertThat(reading.alternatives()).hasSize(1);
        });
    }

    @Test
    void reportsACallThatItCannotEvaluate() {
        assertThat(read("update-alternatives --install /usr/bin/x x $(which y) 5\n")
                        .unknown())
                .containsOnlyKeys(1);
        assertThat(read("adduser --system \"$UNKNOWN\"\n").unknown()).containsOnlyKeys(1);
    }

    @Test
    void readsEveryStrangeTextToItsEnd() {
        for (String text : List.of(
                "'",
                "\"",
                "`",
                "$(",
                "${",
                "\\",
                "<<",
                "<<EOF\n",
                ">",
                "case",
                "case x in",
                "if",
                "fi",
                "esac",
                ";;",
                ")",
                "(",
                "a(",
                "&&&",
                "done <<")) {
            assertThat(read(text)).isNotNull();
            assertThat(read("x " + text + "\n")).isNotNull();
        }
    }

    private static ScriptReading read(String script) {
        DebFacts facts = new DebFacts(
                ControlStanza.parse("Package: p\nVersion: 1\nArchitecture: all\n"),
                List.of(),
                List.of(),
                new TreeSet<>(),
                new TreeMap<>(),
                List.of(),
                List.of(),
                new Linkages(new TreeMap<>()),
                new TreeMap<>(),
                List.of(),
                Optional.empty());
        return ScriptReader.read("postinst", script, facts);
    }
}
