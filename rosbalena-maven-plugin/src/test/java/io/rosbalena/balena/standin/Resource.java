package io.rosbalena.balena.standin;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A resource of the API as its model {@code v7} has it.
 *
 * @param unique fields that no two rows have in common
 * @param owner the reference that leads towards the application to which a row belongs; empty where all may read
 */
record Resource(String name, Map<String, Field> fields, List<List<String>> unique, String owner) {
    private static final String MODEL = """
            user: username=text! email=text password=text
            user__has__public_key: user=ref(user)! title=text! public_key=text!
            organization: name=text! handle=text!
            organization_membership: user=ref(user)! is_member_of__organization=ref(organization)!
            application_type: name=text! slug=text! supports_multicontainer=flag! is_legacy=flag
            cpu_architecture: slug=text!
            device_type: slug=text! name=text! is_of__cpu_architecture=ref(cpu_architecture)!
            device_type_alias: device_type=ref(device_type)! is_referenced_by__alias=text!
            application: actor=number app_name=text(100)! slug=text! uuid=text! organization=ref(organization)! \
            application_type=ref(application_type)! is_for__device_type=ref(device_type)! is_of__class=text! \
            should_track_latest_release=flag! should_be_running__release=ref(release) is_host=flag is_archived=flag \
            is_public=flag | slug | uuid
            device: actor=number uuid=text(62)! device_name=text belongs_to__application=ref(application)! \
            is_of__device_type=ref(device_type)! is_online=flag is_connected_to_vpn=flag api_heartbeat_state=text \
            last_connectivity_event=date last_vpn_event=date status=text(50) os_version=text(70) os_variant=text \
            supervisor_version=text(20) download_progress=number provisioning_progress=number provisioning_state=text \
            ip_address=text public_address=text mac_address=text memory_usage=number memory_total=number \
            storage_usage=number storage_total=number cpu_usage=number cpu_temp=number note=text local_id=text \
            latitude=text longitude=text is_running__release=ref(release) is_pinned_on__release=ref(release) \
            should_be_running__release=computed should_be_operated_by__release=ref(release) \
            should_be_managed_by__release=ref(release) update_status=text last_update_status_event=date \
            overall_status=computed overall_progress=computed is_web_accessible=flag | uuid \
            @belongs_to__application
            service: application=ref(application)! service_name=text(63)! | application,service_name @application
            service_install: device=ref(device)! installs__service=ref(service)! | device,installs__service @device
            release: is_created_by__user=ref(user) belongs_to__application=ref(application)! commit=text(40)! \
            composition=json(1000000)! status=text! source=text! build_log=text(1000000) is_invalidated=flag \
            start_timestamp=date! end_timestamp=date update_timestamp=date release_version=text(81) \
            contract=json(1000000) is_passing_tests=flag is_finalized_at__date=date phase=text is_final=computed \
            semver=computed semver_major=number semver_minor=number semver_patch=number semver_prerelease=text(100) \
            semver_build=text(50) variant=text(50) revision=number raw_version=computed version=computed \
            known_issue_list=text(1000) note=text(1000000) invalidation_reason=text(255) @belongs_to__application
            image: start_timestamp=date! end_timestamp=date dockerfile=text(1000000) \
            is_a_build_of__service=ref(service)! image_size=big is_stored_at__image_location=text project_type=text \
            error_message=text(300000) build_log=text(1500000) push_timestamp=date status=text! content_hash=text(71) \
            contract=json(1000000) @is_a_build_of__service
            image__is_part_of__release: image=ref(image)! is_part_of__release=ref(release)! \
            | image,is_part_of__release @is_part_of__release
            image_label: release_image=ref(image__is_part_of__release)! label_name=text! value=text(300)! \
            | release_image,label_name @release_image
            image_environment_variable: release_image=ref(image__is_part_of__release)! name=text! \
            value=text(100000)! | release_image,name @release_image
            image_install: device=ref(device)! installs__image=ref(image)! install_date=date! \
            download_progress=number status=text! is_provided_by__release=ref(release)! | device,installs__image @device
            release_tag: release=ref(release)! tag_key=text(100)! value=text(1000)! | release,tag_key @release
            device_tag: device=ref(device)! tag_key=text(100)! value=text(60158)! | device,tag_key @device
            application_tag: application=ref(application)! tag_key=text(100)! value=text(1000)! \
            | application,tag_key @application
            application_environment_variable: application=ref(application)! name=text! value=text(106104)! \
            | application,name @application
            application_config_variable: application=ref(application)! name=text! value=text(492001)! \
            | application,name @application
            service_environment_variable: service=ref(service)! name=text! value=text(100000)! | service,name @service
            device_environment_variable: device=ref(device)! name=text! value=text(515798)! | device,name @device
            device_config_variable: device=ref(device)! name=text! value=text(372340)! | device,name @device
            device_service_environment_variable: service_install=ref(service_install)! name=text! \
            value=text(285082)! | service_install,name @service_install
            """;

    /** Names that the model has for the way back, where it is not the name of the other resource. */
    private static final Map<String, String> BACK = Map.of(
            "application.owns__release", "release.belongs_to__application",
            "application.owns__device", "device.belongs_to__application",
            "organization.owns__application", "application.organization",
            "release.is_running_on__device", "device.is_running__release",
            "release.is_pinned_to__device", "device.is_pinned_on__release",
            "release.should_be_running_on__application", "application.should_be_running__release",
            "release.release_image", "image__is_part_of__release.is_part_of__release",
            "image.release_image", "image__is_part_of__release.image",
            "service.is_built_by__image", "image.is_a_build_of__service",
            "organization.includes__user", "organization_membership.is_member_of__organization");

    static final Map<String, Resource> ALL = read();

    static Resource named(String name) throws Refusal {
        Resource found = ALL.get(name.equals("release_image") ? "image__is_part_of__release" : name);
        if (found == null) {
            throw new Refusal(404, "Not Found");
        }
        return found;
    }

    Field field(String name) throws Refusal {
        Field found = fields.get(name);
        if (found == null) {
            throw new Refusal(400, "Could not match resource field: " + this.name + "." + name);
        }
        return found;
    }

    /** The field of another resource that leads here, by the name of the way back. */
    Optional<Back> back(String navigation) {
        String named = BACK.get(name + "." + navigation);
        if (named != null) {
            String[] parts = named.split("\\.", -1);
            return Optional.of(new Back(ALL.get(parts[0]), parts[1]));
        }
        Resource other = ALL.get(navigation);
        return other == null
                ? Optional.empty()
                : other.fields.values().stream()
                        .filter(field -> field.target().equals(name))
                        .filter(field -> !BACK.containsValue(other.name + "." + field.name()))
                        .findFirst()
                        .map(field -> new Back(other, field.name()));
    }

    record Back(Resource resource, String field) {}

    private static Map<String, Resource> read() {
        Map<String, Resource> all = new LinkedHashMap<>();
        MODEL.lines().forEach(line -> {
            int colon = line.indexOf(':');
            Map<String, Field> fields = new LinkedHashMap<>();
            fields.put("created_at", new Field("created_at", Field.Kind.DATE, "", false, 0));
            fields.put("modified_at", new Field("modified_at", Field.Kind.DATE, "", false, 0));
            fields.put("id", new Field("id", Field.Kind.NUMBER, "", false, 0));
            List<List<String>> unique = new java.util.ArrayList<>();
            String owner = "";
            boolean after = false;
            for (String word : line.substring(colon + 1).strip().split(" +", -1)) {
                if (word.startsWith("@")) {
                    owner = word.substring(1);
                } else if (word.equals("|")) {
                    after = true;
                } else if (after) {
                    unique.add(List.of(word.split(",", -1)));
                } else {
                    Field field = field(word.split("=", -1));
                    fields.put(field.name(), field);
                }
            }
            all.put(
                    line.substring(0, colon),
                    new Resource(line.substring(0, colon), fields, List.copyOf(unique), owner));
        });
        return all;
    }

    private static Field field(String[] word) {
        boolean required = word[1].endsWith("!");
        String type = required ? word[1].substring(0, word[1].length() - 1) : word[1];
        int bracket = type.indexOf('(');
        String argument = bracket < 0 ? "" : type.substring(bracket + 1, type.length() - 1);
        String kind = bracket < 0 ? type : type.substring(0, bracket);
        return kind.equals("ref")
                ? new Field(word[0], Field.Kind.REFERENCE, argument, required, 0)
                : new Field(
                        word[0],
                        Field.Kind.valueOf(kind.toUpperCase(java.util.Locale.ROOT)),
                        "",
                        required,
                        argument.isEmpty() ? 0 : Integer.parseInt(argument));
    }
}
