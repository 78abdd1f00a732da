#include "daemon/config/find_instance.hpp"
#include "daemon/config/nearest.hpp"
#include "daemon/config/read_sections.hpp"
#include "daemon/config/read_values.hpp"
#include "daemon/config/words.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace contactd {

namespace {

fault unknown_instance(std::string_view name, const std::vector<instance_settings>& instances) {
    std::vector<std::string_view> known;
    for (const auto& one : instances)
        known.push_back(one.name.value);
    fault result{fmt::format("There is no instance \"{}\" in the configuration.", shown(name)), {}};
    if (const auto meant = nearest(name, known))
        result.remedy = fmt::format("Did you mean \"{}\"? ", *meant);
    result.remedy += fmt::format("The instances are {}.", listed_choices(known));
    return result;
}

void read_company(const section& from, organization_settings& into) {
    read_text(from, "company", into.company, check_optional_name);
    const toml_node* id = from.find("company_id");
    if (id == nullptr) {
        if (const toml_node* company = from.find("company"))
            from.complain(*company, "company",
                          {"This is only what the company is called; it is found by its company_id.",
                           "Add company_id = ID, or run \"contactd companies map\"."});
        return;
    }
    if (id->kind != toml_kind::integer)
        from.complain_kind(*id, "company_id", "the id of a company in Autotask, an integer without quotes");
    else if (id->integer < 0)
        from.complain(*id, "company_id", {fmt::format("{} is not an id.", id->integer), "Ids are not negative."});
    else
        into.company_id = {core::company_id{id->integer}, from.origin_of(*id)};
}

// Where only one instance is configured, nobody has to say which.
void read_instance_name(const section& from, const std::vector<instance_settings>& instances,
                        organization_settings& into) {
    read_text(from, "instance", into.instance, check_plain_name);
    if (const toml_node* named = from.find("instance")) {
        if (!into.instance.value.empty() && find_instance(instances, into.instance.value) == nullptr)
            from.complain(*named, "instance", unknown_instance(into.instance.value, instances));
        return;
    }
    if (instances.size() == 1)
        into.instance.value = instances.front().name.value;
    else if (into.company_id.value)
        from.complain(
            from.table(), "instance",
            {"This key is missing in the [[organization]] that begins here: several instances are configured, and "
             "ids of companies mean something in one of them only.",
             "Add the name of the instance."});
}

} // namespace

void read_organization(const section& from, const std::vector<instance_settings>& instances,
                       organization_settings& into) {
    from.check_keys();
    into.line = from.table().line;
    into.enabled.value = true;
    read_text(from, "name", into.name, check_plain_name);
    if (from.find("name") == nullptr)
        from.complain(
            from.table(), "name",
            {"This key is missing in the [[organization]] that begins here.", "Add your own name of the client."});
    read_company(from, into);
    read_instance_name(from, instances, into);
    read_text(from, "domain", into.domain, check_optional_name);
    read_flag(from, "enabled", into.enabled);
    read_names(from, "tags", into.tags, names_rule("an array of tags"));
    for (const auto& tag : into.tags.value)
        if (tag.contains(';'))
            from.complain(*from.find("tags"), "tags",
                          {fmt::format("\"{}\" holds a semicolon, which separates tags in lists.", shown(tag)),
                           "Write it without, or as two tags."});
    // What an organization that is not mapped overrides is checked against the first instance: it may not say which.
    const auto* of = find_instance(instances, into.instance.value);
    const auto& outer = of != nullptr ? *of : instances.front();
    if (from.find("match") != nullptr) {
        into.match = outer.match;
        read_match(from.below("match", section_kind::match, "[organization.match]"), *into.match);
    }
    if (from.find("policy") != nullptr) {
        into.policy = outer.policy;
        read_policy(from.below("policy", section_kind::policy, "[organization.policy]"), *into.policy);
    }
}

} // namespace contactd
