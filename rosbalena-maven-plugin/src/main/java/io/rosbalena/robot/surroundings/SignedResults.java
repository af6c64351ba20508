package io.rosbalena.robot.surroundings;

import io.rosbalena.signing.SigningKey;
import io.rosbalena.signing.TrustedKeys;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Digest;
import io.rosbalena.store.FileFinding;
import io.rosbalena.store.RemoteStore;
import io.rosbalena.store.ResultName;
import io.rosbalena.store.SharedList;
import io.rosbalena.store.SharedResults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Results of stages in the cache that machines share. A result is a list of blobs, its document first, under a name that
 * stage and key give, with an Ed25519 signature over a {@link ResultStatement}. It counts only if one of the keys that the
 * user named has signed it; what is there and is not signed so ends the build. Safe for several threads.
 */
final class SignedResults {
    private static final String TYPE = "application/vnd.rosbalena.result.v1";
    private static final String SIGNATURE = "io.rosbalena.signature";
    private static final String SIGNER = "io.rosbalena.signer";

    private final Supplier<Optional<RemoteStore>> usable;
    private final CacheTrouble trouble;
    private final TrustedKeys trusted;
    private final Optional<SigningKey> key;
    private final BlobStore store;
    private final Set<ResultName> absent = ConcurrentHashMap.newKeySet();
    private final Map<ResultName, List<Digest>> offered = new ConcurrentHashMap<>();
    private final AtomicInteger taken = new AtomicInteger();

    /**
     * @param usable the cache, as long as it can be asked
     * @param trusted whose results are taken
     * @param key signs what this machine gives; without it, it gives nothing
     */
    SignedResults(
            Supplier<Optional<RemoteStore>> usable,
            CacheTrouble trouble,
            TrustedKeys trusted,
            Optional<SigningKey> key,
            BlobStore store) {
        this.usable = usable;
        this.trouble = trouble;
        this.trusted = trusted;
        this.key = key;
        this.store = store;
    }

    /** The name of a result in the cache. */
    static String place(ResultName name) {
        return name.stage() + "-" + name.key().hex();
    }

    /** These results for one who tells a person what happens. */
    SharedResults told(Console console) {
        return new Told(console);
    }

    private final class Told implements SharedResults {
        private final Console console;

        Told(Console console) {
            this.console = console;
        }

        @Override
        public List<Digest> signers() {
            return trusted.names();
        }

        @Override
        public Optional<Taken> take(ResultName name) throws IOException {
            return SignedResults.this.take(name, console);
        }

        @Override
        public void offer(ResultName name, List<Digest> blobs) {
            if (key.isPresent()) {
                offered.put(name, blobs);
            }
        }

        @Override
        public <I, O> List<O> each(List<I> inputs, LookUp<I, O> lookUp) throws IOException {
            if (trusted.isEmpty() || usable.get().isEmpty()) {
                return NONE.each(inputs, lookUp);
            }
            int before = taken.get();
            List<O> found = SharedCache.together(inputs, lookUp::find);
            int came = taken.get() - before;
            if (came > 0) {
                usable.get()
                        .ifPresent(cache -> console.message(
                                came + (came == 1 ? " result" : " results") + " came from the cache " + cache.name()));
            }
            return found;
        }
    }

    private Optional<SharedResults.Taken> take(ResultName name, Console console) throws IOException {
        Optional<RemoteStore> cache = usable.get();
        if (trusted.isEmpty() || cache.isEmpty() || absent.contains(name)) {
            return Optional.empty();
        }
        try {
            Optional<SharedList> list = cache.get().list(place(name));
            Optional<SharedResults.Taken> result =
                    list.isPresent() ? take(name, list.get(), cache.get(), console) : Optional.empty();
            if (result.isPresent()) {
                taken.incrementAndGet();
            } else {
                absent.add(name);
            }
            return result;
        } catch (IOException e) {
            trouble.end(cache.get(), e, console);
            return Optional.empty();
        }
    }

    private Optional<SharedResults.Taken> take(ResultName name, SharedList list, RemoteStore cache, Console console)
            throws IOException {
        Digest signer = signer(name, list, new ResultFinding(cache, name));
        // From here on a trusted key vouches for digests and sizes.
        List<SharedList.File> missing = new ArrayList<>();
        for (SharedList.File file : list.files()) {
            if (!store.has(file.digest(), file.size())) {
                missing.add(file);
            }
        }
        FileFinding.requireSpace(
                store.root(), missing.stream().mapToLong(SharedList.File::size).sum());
        List<Boolean> came = SharedCache.together(missing, file -> fetch(file, name, cache, console));
        return came.contains(false)
                ? Optional.empty()
                : Optional.of(
                        new SharedResults.Taken(signer, list.files().get(0).digest()));
    }

    /** Who vouches for a list, whatever stands in it. */
    private Digest signer(ResultName name, SharedList list, ResultFinding problem) {
        Optional<byte[]> signature =
                Optional.ofNullable(list.notes().get(SIGNATURE)).flatMap(SignedResults::decode);
        if (!list.type().equals(TYPE) || list.files().isEmpty() || signature.isEmpty()) {
            throw problem.unsigned();
        }
        Optional<Digest> signer = trusted.signer(ResultStatement.of(name, list.files()), signature.get());
        if (signer.isPresent()) {
            return signer.get();
        }
        Optional<Digest> claimed =
                ResultFinding.claimed(Optional.ofNullable(list.notes().get(SIGNER)));
        if (claimed.isPresent() && !trusted.names().contains(claimed.get())) {
            throw problem.stranger(claimed.get());
        }
        throw problem.wronglySigned();
    }

    private static Optional<byte[]> decode(String base64) {
        try {
            return Optional.of(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            // A note that is no signature.
            return Optional.empty();
        }
    }

    private boolean fetch(SharedList.File file, ResultName name, RemoteStore cache, Console console)
            throws IOException {
        try {
            return cache.fetch(file.digest(), file.size(), store, new Arrival(console, file.size()));
        } catch (IOException e) {
            if (CacheTrouble.isWrong(e)) {
                throw new ResultFinding(cache, name).otherBytes(file.digest());
            }
            throw e;
        }
    }

    /** Signs and gives what was offered since this was called last. */
    void give(Console console) throws IOException {
        List<ResultName> names = new ArrayList<>(offered.keySet());
        Optional<RemoteStore> cache = usable.get();
        if (key.isEmpty() || cache.isEmpty() || names.isEmpty()) {
            return;
        }
        try {
            List<Boolean> given = SharedCache.together(names, name -> give(name, cache.get(), key.get()));
            int count = Collections.frequency(given, true);
            if (count > 0) {
                console.message("signed " + count + (count == 1 ? " result" : " results") + " and gave "
                        + (count == 1 ? "it" : "them") + " to the cache "
                        + cache.get().name());
            }
        } catch (IOException e) {
            trouble.refused(cache.get(), e, console);
        }
    }

    /** @return whether the cache did not have it so */
    private boolean give(ResultName name, RemoteStore cache, SigningKey signing) throws IOException {
        List<Digest> blobs = offered.remove(name);
        if (blobs == null) {
            return false;
        }
        List<SharedList.File> files;
        try {
            files = files(name, blobs);
        } catch (NoSuchFileException e) {
            // Somebody has emptied the store meanwhile.
            return false;
        }
        SortedMap<String, String> notes = new TreeMap<>();
        notes.put(SIGNER, signing.name().toString());
        notes.put(SIGNATURE, Base64.getEncoder().encodeToString(signing.sign(ResultStatement.of(name, files))));
        SharedList list = new SharedList(TYPE, files, notes);
        if (cache.keeps(place(name), list)) {
            return false;
        }
        for (SharedList.File file : files) {
            cache.push(file.digest(), store);
        }
        // The name comes last: whoever sees it finds everything that is signed.
        cache.keep(place(name), list, store);
        return true;
    }

    private List<SharedList.File> files(ResultName name, List<Digest> blobs) throws IOException {
        List<SharedList.File> files = new ArrayList<>();
        files.add(file(store.put(Files.readAllBytes(name.file(store)))));
        for (Digest blob : blobs.stream().distinct().sorted().toList()) {
            files.add(file(blob));
        }
        return files;
    }

    private SharedList.File file(Digest blob) throws IOException {
        return new SharedList.File(blob, store.size(blob));
    }
}
