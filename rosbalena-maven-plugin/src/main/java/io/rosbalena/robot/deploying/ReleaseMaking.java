package io.rosbalena.robot.deploying;

import io.rosbalena.balena.BalenaApi;
import io.rosbalena.balena.Fleet;
import io.rosbalena.balena.OpenRelease;
import io.rosbalena.balena.OpenRelease.OpenImage;
import io.rosbalena.balena.OpenRelease.Outcome;
import io.rosbalena.balena.Query;
import io.rosbalena.balena.RegistryToken;
import io.rosbalena.balena.ServiceContract;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.json.JsonValue;
import io.rosbalena.registry.ImagePush;
import io.rosbalena.registry.PushOrder;
import io.rosbalena.registry.PushedImage;
import io.rosbalena.robot.surroundings.ByteCount;
import io.rosbalena.robot.surroundings.Parallel;
import io.rosbalena.robot.surroundings.SendingProgress;
import io.rosbalena.robot.surroundings.Surroundings;
import io.rosbalena.store.Digest;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** Makes a release: rows of the API, images in its registry, and an end in every outcome. */
final class ReleaseMaking {
    /** As many services at once as balena's command line works on. */
    private static final int AT_ONCE = 5;

    /** Runners of continuous integration kill some seconds after they asked. */
    private static final int HURRIED = 3;

    private static final int PATIENT = 60;

    private final BalenaApi api;
    private final Closing closing;
    private final Fleet fleet;
    private final ReleaseContent content;
    private final Map<String, Long> sizes;
    private final EarlierBlobs earlier;
    private final Surroundings surroundings;
    private final OpenRelease release;

    /**
     * @param api makes the calls, or prints them
     * @param closing who ends what was begun
     * @param sizes unpacked bytes of the layers of services, where they are known
     */
    ReleaseMaking(
            BalenaApi api,
            Closing closing,
            Fleet fleet,
            ReleaseContent content,
            Map<String, Long> sizes,
            EarlierBlobs earlier,
            Surroundings surroundings) {
        this.api = api;
        this.closing = closing;
        this.fleet = fleet;
        this.content = content;
        this.sizes = Map.copyOf(sizes);
        this.earlier = earlier;
        this.surroundings = surroundings;
        this.release = new OpenRelease(api, surroundings.clock());
    }

    /**
     * Who ends what was begun, if it comes to nothing.
     *
     * @param patient waits for the server as long as all calls do
     * @param hurried does not, since it is about to be killed
     */
    record Closing(BalenaApi patient, BalenaApi hurried) {}

    /** An image of the release that the server waits for. */
    private record Waiting(String service, OpenImage image) {}

    /**
     * Makes the release.
     *
     * @return its id
     */
    long make(DeployRequest request) throws IOException, InterruptedException {
        Thread hook = new Thread(this::cancel, "end of the release");
        Runtime.getRuntime().addShutdownHook(hook);
        Outcome outcome = Outcome.FAILED;
        String reason = "the deploy ended with an error";
        boolean made = false;
        try {
            long id = begin(request);
            List<Waiting> images = images(id);
            if (!request.dryRun()) {
                push(images);
            } else {
                for (Waiting one : images) {
                    pushed(one);
                }
            }
            release.succeed();
            made = true;
            return id;
        } catch (InterruptedIOException | InterruptedException e) {
            outcome = Outcome.CANCELLED;
            reason = "the deploy was cancelled";
            throw e;
        } catch (IOException | FindingException e) {
            reason = String.valueOf(e.getMessage());
            throw e;
        } finally {
            if (!made) {
                close(closing.patient(), outcome, reason, PATIENT);
            }
            remove(hook);
        }
    }

    /** What is done when the JVM is asked to end: it does not wait for its other threads. */
    private void cancel() {
        close(closing.hurried(), Outcome.CANCELLED, "the deploy was cancelled", HURRIED);
        surroundings.console().message("cancelled: no device takes this release; the same command begins anew");
    }

    private void close(BalenaApi caller, Outcome outcome, String reason, int patience) {
        // A thread that was told to stop could not make another call.
        boolean interrupted = Thread.interrupted();
        try {
            release.close(caller, outcome, reason, patience);
        } catch (IOException e) {
            surroundings
                    .console()
                    .finding(Finding.warning(
                                    "RB625",
                                    "the release could not be closed and may show as running: " + e.getMessage())
                            .fix("no device takes it; deploy again when the server can be reached"));
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is ending, and the hook does its work.
        }
    }

    private long begin(DeployRequest request) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        if (api.whoAmI().isUser()) {
            fields.put("is_created_by__user", api.whoAmI().id());
        }
        fields.put("composition", content.composition().members());
        fields.put("is_final", !request.draft());
        content.sentContract().ifPresent(contract -> fields.put("contract", contract));
        fields.put("semver", content.version());
        return release.begin(fleet, content.commit(), fields);
    }

    private List<Waiting> images(long id) throws IOException, InterruptedException {
        Map<String, Long> known = new HashMap<>();
        for (JsonValue row :
                api.list(Query.of("service").select("id,service_name").filter("application eq " + fleet.id()))) {
            known.put(row.get("service_name").string(), row.get("id").number());
        }
        return Parallel.map(List.copyOf(content.images().keySet()), AT_ONCE, name -> {
            Long service = known.get(name);
            return image(id, name, service == null ? service(name) : service);
        });
    }

    private long service(String name) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("application", fleet.id());
        fields.put("service_name", name);
        Query same = Query.of("service(application=" + fleet.id() + ",service_name=" + Query.text(name) + ")")
                .select("id");
        return release.part("service", fields, same).get("id").number();
    }

    private Waiting image(long id, String name, long service) throws IOException {
        SortedMap<String, String> labels = content.composition().texts(name, "labels");
        OpenImage image = release.image(service, ServiceContract.of(name, labels));
        Map<String, Object> part = new LinkedHashMap<>();
        part.put("is_part_of__release", id);
        part.put("image", image.id());
        long link = release.part(
                        "image__is_part_of__release",
                        part,
                        Query.of("image__is_part_of__release")
                                .select("id")
                                .filter("is_part_of__release eq " + id + " and image eq " + image.id()))
                .get("id")
                .number();
        for (Map.Entry<String, String> label : labels.entrySet()) {
            named("image_label", "label_name", link, label);
        }
        for (Map.Entry<String, String> variable :
                content.composition().texts(name, "environment").entrySet()) {
            named("image_environment_variable", "name", link, variable);
        }
        return new Waiting(name, image);
    }

    private void named(String resource, String column, long link, Map.Entry<String, String> value) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("release_image", link);
        fields.put(column, value.getKey());
        fields.put("value", value.getValue());
        release.part(
                resource,
                fields,
                Query.of(resource)
                        .select("id")
                        .filter("release_image eq " + link + " and " + column + " eq " + Query.text(value.getKey())));
    }

    private void push(List<Waiting> images) throws IOException {
        Map<String, List<Waiting>> byHost = new TreeMap<>();
        for (Waiting one : images) {
            byHost.computeIfAbsent(one.image().location().host(), host -> new ArrayList<>())
                    .add(one);
        }
        for (Map.Entry<String, List<Waiting>> one : byHost.entrySet()) {
            push(one.getKey(), one.getValue());
        }
    }

    private void push(String host, List<Waiting> images) throws IOException {
        Map<String, Waiting> byRepository = new TreeMap<>();
        images.forEach(one -> byRepository.put(one.image().location().repository(), one));
        List<PushOrder> orders = new ArrayList<>();
        RegistryToken first = token(host, byRepository);
        Map<Digest, List<String>> holders = earlier.repositories(host);
        holders.replaceAll((blob, repositories) -> repositories.stream()
                .filter(repository -> first.allows(repository, "pull"))
                .toList());
        byRepository.forEach((repository, one) -> orders.add(new PushOrder(
                repository, Objects.requireNonNull(content.images().get(one.service())), List.of("latest"), holders)));
        TokenOfPush tokens =
                new TokenOfPush(first.value(), () -> token(host, byRepository).value());
        ImagePush push = new ImagePush(
                surroundings.registries().at(host, tokens),
                surroundings.store(),
                new SendingProgress(surroundings.console()));
        for (PushedImage pushed : push.push(orders, image -> {})) {
            Waiting one = Objects.requireNonNull(byRepository.get(pushed.repository()));
            pushed(one);
            surroundings.console().message(told(one.service(), pushed));
        }
    }

    private RegistryToken token(String host, Map<String, Waiting> repositories) throws IOException {
        RegistryToken token = RegistryToken.ask(api, host, repositories.keySet(), earlier.names(host));
        List<String> denied = repositories.keySet().stream()
                .filter(repository -> !token.allows(repository, "push"))
                .toList();
        if (!denied.isEmpty()) {
            throw FindingException.input(
                    Finding.error("RB624", "the token may not write images of this fleet (" + host + ")")
                            .fix("deploy with a token of a member of the fleet who may create releases"));
        }
        return token;
    }

    private void pushed(Waiting one) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put(
                "content_hash",
                Objects.requireNonNull(content.images().get(one.service())).toString());
        Long size = sizes.get(one.service());
        if (size != null) {
            fields.put("image_size", Long.toString(size));
        }
        release.pushed(one.image(), fields);
    }

    private static String told(String service, PushedImage pushed) {
        return service + ": sent " + count(pushed.sent()) + "; from other images " + count(pushed.mounted())
                + (pushed.present().count() > 0 ? "; there already " + count(pushed.present()) : "");
    }

    private static String count(PushedImage.Blobs blobs) {
        return ByteCount.show(blobs.bytes()) + " in " + blobs.count() + (blobs.count() == 1 ? " blob" : " blobs");
    }
}
