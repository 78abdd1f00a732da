#include "daemon/organizations/mapping_change.hpp"

#include "daemon/config/toml_write.hpp"
#include "daemon/organizations/organization_name.hpp"
#include "daemon/printable.hpp"

#include <fmt/format.h>

#include <unordered_map>

namespace contactd {

namespace {

std::string company_words(const wanted_company& one) {
    return fmt::format("company {}{} ({})", one.id.value, one.name.empty() ? "" : " " + printable(one.name),
                       one.instance);
}

std::string company_words(const organization_settings& one) {
    return company_words(wanted_company{one.instance.value, *one.company_id.value, one.company.value});
}

std::string listed_tags(const names& tags) {
    return printable(toml_array(tags));
}

/// Collects what differs of one organization.
class comparison {
public:
    comparison(const organization_settings* before, const wanted_organization& wanted)
        : before_(before), wanted_(wanted) {
        edit_.name = before ? before->name.value : wanted.name;
    }

    void run() {
        compare_company();
        if (wanted_.domain && *wanted_.domain != (before_ ? before_->domain.value : std::string())) {
            set("domain", toml_text(*wanted_.domain));
            say("domain " + printable(*wanted_.domain));
        }
        if (wanted_.enabled && *wanted_.enabled != (before_ == nullptr || before_->enabled.value)) {
            set("enabled", *wanted_.enabled ? "true" : "false");
            say(*wanted_.enabled ? "enabled" : "disabled");
        }
        if (wanted_.tags && *wanted_.tags != (before_ ? before_->tags.value : names())) {
            set("tags", toml_array(*wanted_.tags));
            say("tags " + listed_tags(*wanted_.tags) +
                (before_ && !before_->tags.value.empty() ? " in place of " + listed_tags(before_->tags.value) : ""));
        }
    }

    void hand_over(mapping_change& to) {
        const bool is_new = before_ == nullptr;
        if (!is_new && edit_.keys.empty())
            return;
        const char mark = is_new ? '+' : wanted_.unmap && edit_.keys.size() <= 3 ? '-' : '~';
        to.words.push_back(fmt::format("{} {}{}{}", mark, printable(edit_.name), words_.empty() ? "" : " ", words_));
        to.edits.push_back(std::move(edit_));
    }

private:
    bool is_mapped() const { return before_ != nullptr && before_->company_id.value.has_value(); }

    void compare_company() {
        if (wanted_.unmap && is_mapped()) {
            remove("company_id", before_->company_id.origin);
            remove("company", before_->company.origin);
            words_ = "is no longer " + company_words(*before_);
        }
        if (!wanted_.company)
            return;
        auto company = *wanted_.company;
        company.name = tidy_name(company.name);
        const bool is_same =
            is_mapped() && before_->instance.value == company.instance && *before_->company_id.value == company.id;
        const bool is_renamed = is_same && !company.name.empty() && before_->company.value != company.name;
        if (is_same && !is_renamed)
            return;
        if (!is_same) {
            // Also where only one instance is configured now: one day there may be two.
            set("instance", toml_text(company.instance));
            set("company_id", std::to_string(company.id.value));
            words_ = is_mapped() ? fmt::format("-> {} in place of {}", company_words(company), company_words(*before_))
                                 : "-> " + company_words(company);
        } else {
            words_ = fmt::format("-> {}, which was called {}", company_words(company),
                                 before_->company.value.empty() ? "nothing here" : printable(before_->company.value));
        }
        set_or_remove_name(company.name);
    }

    void set_or_remove_name(const std::string& name) {
        if (!name.empty())
            set("company", toml_text(name));
        else if (before_)
            remove("company", before_->company.origin);
    }

    void set(std::string key, std::string value) { edit_.keys.push_back({std::move(key), std::move(value)}); }

    /// What does not stand in the file cannot be removed from it.
    void remove(std::string key, const std::string& origin) {
        if (origin != "default")
            edit_.keys.push_back({std::move(key), std::nullopt});
    }

    void say(const std::string& words) { words_ += (words_.empty() ? "" : "; ") + words; }

    const organization_settings* before_;
    const wanted_organization& wanted_;
    organization_edit edit_;
    std::string words_;
};

} // namespace

mapping_change change_mapping(const config& now, std::span<const wanted_organization> wanted) {
    std::unordered_map<std::string, const organization_settings*> known;
    for (const auto& one : now.organizations)
        known.emplace(name_key(one.name.value), &one);
    mapping_change made;
    for (const auto& one : wanted) {
        const auto found = known.find(name_key(one.name));
        comparison compared(found == known.end() ? nullptr : found->second, one);
        compared.run();
        compared.hand_over(made);
    }
    return made;
}

} // namespace contactd
