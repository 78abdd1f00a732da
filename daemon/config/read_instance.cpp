#include "daemon/config/read_sections.hpp"
#include "daemon/config/read_values.hpp"

#include <fmt/format.h>

#include <utility>

namespace contactd {

namespace {

// Reads a key without a default.
void read_required(const section& from, std::string_view key, setting<std::string>& into, text_check check,
                   std::string remedy) {
    read_text(from, key, into, check);
    if (from.find(key) == nullptr)
        from.complain(from.table(), key,
                      {"This key is missing in the [[instance]] that begins here.", std::move(remedy)});
}

void read_access(const section& from, instance_settings& into) {
    read_required(from, "name", into.name, check_instance_name,
                  "Add a short name of your own, such as name = \"main\".");
    read_required(from, "username", into.username, check_header_value,
                  "Add the user name of the API user in Autotask.");
    read_required(from, "tracking_identifier", into.tracking_identifier, check_header_value,
                  "Add the API tracking identifier that Autotask shows for the API user.");
    read_required(from, "secret", into.secret, check_secret_reference,
                  "Add where the secret is: \"credential:NAME\", \"file:/absolute/path\" or \"env:NAME\".");
    read_text(from, "zone", into.zone, check_zone);
    read_text(from, "zone_discovery_url", into.zone_discovery_url, check_base_url);
    for (setting<std::string>* url : {&into.zone, &into.zone_discovery_url})
        if (url->value != "auto" && !url->value.ends_with('/'))
            url->value += '/';
    read_text(from, "ca_file", into.ca_file, check_optional_path);
    read_share(from, "hourly_share", into.hourly_share);
}

void read_companies(const section& from, instance_settings& into) {
    read_choice(from, "companies", into.companies, company_choices);
    read_conditions(from, "company_filter", into.company_filter);
    names_rule excluded("an array of company ids and names");
    excluded.ids = true;
    read_names(from, "exclude_companies", into.exclude_companies, excluded);
    read_names(from, "include_tags", into.include_tags, names_rule("an array of tags"));
    read_names(from, "exclude_tags", into.exclude_tags, names_rule("an array of tags"));
}

} // namespace

void read_instance(const section& from, instance_settings& into) {
    from.check_keys();
    read_access(from, into);
    read_companies(from, into);
    read_schedule(from.below("schedule", section_kind::schedule, "[instance.schedule]"), into.schedule);
    read_match(from.below("match", section_kind::match, "[instance.match]"), into.match);
    read_policy(from.below("policy", section_kind::policy, "[instance.policy]"), into.policy);
}

} // namespace contactd
