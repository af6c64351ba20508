package io.rosbalena.robot.surroundings;

import io.rosbalena.registry.CacheRepository;
import io.rosbalena.registry.Logins;
import io.rosbalena.registry.Registries;
import io.rosbalena.signing.SigningKey;
import io.rosbalena.signing.TrustedKeys;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Digest;
import io.rosbalena.store.FileFinding;
import io.rosbalena.store.RemoteStore;
import io.rosbalena.store.SharedList;
import io.rosbalena.transfer.Transfer;
import io.rosbalena.transfer.TransferSettings;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The cache that machines share, if the user names one: asked after the local store and before archives, indexes and
 * registries, since it is nearer and spares them. A build can do without it: when it fails, that is told once and it is not
 * asked again. Safe for several threads.
 */
public final class SharedCache {
    /** Most blobs are small, and each costs a way to the server and back. */
    static final int AT_ONCE = 6;

    private static final String LOCKED_FILES = "application/vnd.rosbalena.cache.v1";

    private final Optional<RemoteStore> remote;
    private final BlobStore store;
    private final CacheTrouble trouble = new CacheTrouble();
    private final SignedResults results;

    /** What the cache was asked for in vain, so that it is not asked again by every part of a build. */
    private final Set<Digest> absent = ConcurrentHashMap.newKeySet();

    private SharedCache(Optional<RemoteStore> remote, TrustedKeys keys, Optional<SigningKey> key, BlobStore store) {
        this.remote = remote;
        this.store = store;
        this.results = new SignedResults(this::usable, trouble, keys, key, store);
    }

    /**
     * The cache behind a local store; offline there is none.
     *
     * @param wanted what the user says of it
     * @param store gets what comes from the cache, and has what is given to it
     * @throws io.rosbalena.finding.FindingException RB516 if it is no repository, RB344, RB345 and RB347 for keys that are
     *     none or do not fit
     */
    public static SharedCache at(
            CacheSettings wanted, TransferSettings network, Logins logins, BlobStore store, Console console) {
        TransferSettings brief = network.withPatience(network.patience().brief());
        TrustedKeys keys = TrustedKeys.parse(wanted.keys());
        Optional<RemoteStore> cache =
                wanted.repository().map(text -> CacheRepository.parse(text, new Registries(brief, logins)));
        Optional<SigningKey> key = wanted.signingKey()
                .filter(any -> cache.isPresent())
                .map(file -> SigningKey.read(file, keys, console::finding));
        return new SharedCache(cache.filter(any -> !network.offline()), keys, key, store);
    }

    /** Signed results in this cache. */
    SignedResults results() {
        return results;
    }

    /**
     * Gives the cache the results that this machine has computed, if it has a key to sign them with. That it does not take
     * them is told, and no error.
     *
     * @throws IOException if the store cannot be read
     */
    public void giveResults(Console console) throws IOException {
        results.give(console);
    }

    private Optional<RemoteStore> usable() {
        return remote.filter(any -> !trouble.isOver());
    }

    /** Where blobs were looked for before anybody else was asked, for a message about one that is nowhere. */
    public List<String> places() {
        List<String> places = new ArrayList<>(List.of("the store"));
        usable().ifPresent(cache -> places.add("the cache " + cache.name()));
        return places;
    }

    /** These downloads, each looked for in the cache first if its size is known. */
    public Transfer before(Transfer transfer, Console console) {
        return remote.isPresent() ? new CachedTransfer(this, transfer, console) : transfer;
    }

    private enum Answer {
        CAME,
        ABSENT,
        WRONG
    }

    /**
     * Brings into the store what it lacks and the cache has.
     *
     * @throws IOException if the store cannot be written
     */
    public void bring(Collection<SharedBlob> blobs, Console console) throws IOException {
        SortedMap<Digest, SharedBlob> missing = new TreeMap<>();
        if (usable().isPresent()) {
            for (SharedBlob blob : blobs) {
                if (!absent.contains(blob.digest()) && !store.has(blob.digest(), blob.size())) {
                    missing.put(blob.digest(), blob);
                }
            }
        }
        if (missing.isEmpty()) {
            return;
        }
        long bytes = missing.values().stream().mapToLong(SharedBlob::size).sum();
        FileFinding.requireSpace(store.root(), bytes);
        List<SharedBlob> wanted = List.copyOf(missing.values());
        List<Answer> answers = together(wanted, blob -> bring(blob, console));
        long came = answers.stream().filter(Answer.CAME::equals).count();
        if (came > 0) {
            console.message(came + " of " + wanted.size() + " files that the store lacked came from the cache "
                    + remote.orElseThrow().name());
        }
        List<String> wrong = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            if (answers.get(i) == Answer.WRONG) {
                wrong.add(wanted.get(i).label());
            }
        }
        CacheTrouble.tellWrong(remote.orElseThrow(), wrong, console);
    }

    /** The same for one blob that a larger work needs, without a word unless it is a warning. */
    void bringQuietly(SharedBlob blob, Console console) throws IOException {
        if (bring(blob, console) == Answer.WRONG) {
            CacheTrouble.tellWrong(remote.orElseThrow(), List.of(blob.label()), console);
        }
    }

    private Answer bring(SharedBlob blob, Console console) throws IOException {
        Optional<RemoteStore> cache = usable();
        if (cache.isEmpty() || absent.contains(blob.digest())) {
            return Answer.ABSENT;
        }
        try {
            if (cache.get().fetch(blob.digest(), blob.size(), store, new Arrival(console, blob.size()))) {
                return Answer.CAME;
            }
            absent.add(blob.digest());
            return Answer.ABSENT;
        } catch (IOException e) {
            if (CacheTrouble.isWrong(e)) {
                absent.add(blob.digest());
                return Answer.WRONG;
            }
            trouble.end(cache.get(), e, console);
            return Answer.ABSENT;
        }
    }

    /**
     * A small document from the store, else from the cache; it is in the store then.
     *
     * @param label what it is, for messages
     * @param limit the most bytes that are accepted
     */
    public Optional<byte[]> document(String label, Digest digest, long limit, Console console) throws IOException {
        if (store.has(digest)) {
            return Optional.of(store.bytes(digest));
        }
        Optional<RemoteStore> cache = usable();
        if (cache.isEmpty() || absent.contains(digest)) {
            return Optional.empty();
        }
        try {
            Optional<byte[]> bytes = cache.get().read(digest, limit);
            if (bytes.isPresent()) {
                store.put(bytes.get());
            } else {
                absent.add(digest);
            }
            return bytes;
        } catch (IOException e) {
            if (CacheTrouble.isWrong(e)) {
                absent.add(digest);
                CacheTrouble.tellWrong(cache.get(), List.of(label), console);
            } else {
                trouble.end(cache.get(), e, console);
            }
            return Optional.empty();
        }
    }

    /** Whether nothing need be given under this name: there is no cache that answers, or it has all of it. */
    public boolean isSettled(Digest name, Console console) throws IOException {
        Optional<RemoteStore> cache = usable();
        if (cache.isEmpty()) {
            return true;
        }
        try {
            return cache.get().keeps(name.hex());
        } catch (IOException e) {
            trouble.end(cache.get(), e, console);
            return true;
        }
    }

    /**
     * Gives blobs of the store to the cache; a cache that does not take them is told, and nothing else.
     *
     * @param name by which the cache keeps this list
     * @throws IOException if the store cannot be read
     */
    public void give(Digest name, List<Digest> blobs, Console console) throws IOException {
        Optional<RemoteStore> cache = usable();
        if (cache.isEmpty()) {
            return;
        }
        try {
            List<Boolean> sent = together(blobs, blob -> cache.get().push(blob, store));
            cache.get().keep(name.hex(), list(blobs), store);
            long bytes = 0;
            for (int i = 0; i < blobs.size(); i++) {
                bytes += sent.get(i) ? store.size(blobs.get(i)) : 0;
            }
            console.message("gave " + sent.stream().filter(each -> each).count() + " of " + blobs.size()
                    + " files of this lock to the cache " + cache.get().name() + ", "
                    + ByteCount.show(bytes));
        } catch (IOException e) {
            trouble.refused(cache.get(), e, console);
        }
    }

    private SharedList list(List<Digest> blobs) throws IOException {
        List<SharedList.File> files = new ArrayList<>();
        for (Digest blob : blobs) {
            files.add(new SharedList.File(blob, store.size(blob)));
        }
        return new SharedList(LOCKED_FILES, files, new TreeMap<>());
    }

    static <I, O> List<O> together(List<I> values, Parallel.Work<I, O> work) throws IOException {
        try {
            return Parallel.map(values, AT_ONCE, work);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted at the cache");
        }
    }
}
