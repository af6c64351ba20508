package io.rosbalena.robot.resolving;

import io.rosbalena.apt.Candidate;
import io.rosbalena.lock.LockedPackage;
import io.rosbalena.lock.LockedPlatform;
import io.rosbalena.lock.LockedWheel;
import io.rosbalena.robot.base.Base;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Tells which version of a package the images of a platform hold. Looks into the base only for what the lock lacks. */
final class PackageLookup {
    private final Map<String, LockedPackage> debs = new HashMap<>();
    private final Map<String, LockedWheel> wheels = new HashMap<>();
    private final Base base;
    private Optional<Map<String, String>> installed = Optional.empty();

    PackageLookup(LockedPlatform locked, Base base) {
        locked.packages().forEach(one -> debs.put(one.name(), one));
        locked.wheels().forEach(one -> wheels.put(one.name(), one));
        this.base = base;
    }

    /**
     * A package that a rule or the manifest names.
     *
     * @param asked its name, which may have a version or an architecture behind it
     */
    SystemPackage find(String asked, String installer) throws IOException {
        if (installer.equals("pip")) {
            String name = asked.replaceFirst("[^A-Za-z0-9._-].*", "");
            // The normalised form of the packaging specifications («name normalization»), as locks have it.
            LockedWheel wheel = wheels.get(name.toLowerCase(Locale.ROOT).replaceAll("[-_.]+", "-"));
            return wheel == null
                    ? new SystemPackage(name, installer, Optional.empty(), 0, SystemPackage.From.PROVIDED)
                    : new SystemPackage(
                            name, installer, Optional.of(wheel.version()), wheel.size(), SystemPackage.From.LOCK);
        }
        String name = name(asked);
        LockedPackage deb = debs.get(name);
        if (deb != null) {
            return new SystemPackage(name, installer, Optional.of(deb.version()), deb.size(), SystemPackage.From.LOCK);
        }
        Optional<String> there = Optional.ofNullable(installed().get(name));
        return new SystemPackage(
                name, installer, there, 0, there.isPresent() ? SystemPackage.From.BASE : SystemPackage.From.PROVIDED);
    }

    /** The name alone of what a rule or the manifest asks for. */
    static String name(String asked) {
        return asked.replaceFirst("[:=].*", "");
    }

    private Map<String, String> installed() throws IOException {
        if (installed.isEmpty()) {
            Map<String, String> versions = new HashMap<>();
            for (Candidate one : base.installed()) {
                versions.put(one.name(), one.version().toString());
            }
            installed = Optional.of(versions);
        }
        return installed.get();
    }
}
