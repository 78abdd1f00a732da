#include "daemon/commands/companies/companies.hpp"
#include "daemon/commands/companies/company_directory.hpp"
#include "daemon/commands/companies/doubts.hpp"
#include "daemon/commands/companies/import_file.hpp"
#include "daemon/commands/companies/save_mapping.hpp"
#include "daemon/organizations/organization_name.hpp"
#include "daemon/printable.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <iostream>
#include <map>
#include <set>

namespace contactd {

namespace {

/// Checks the rows of a list against the companies there are. Lives for one import.
class importer {
public:
    importer(const command_context& context, const company_directory& directory)
        : context_(context), directory_(directory) {
        for (const auto& one : context.settings.organizations)
            if (one.company_id.value)
                owners_[{one.instance.value, one.company_id.value->value}] = {one.name.value, 0};
    }

    /// What the row wants, or nothing when it cannot be done; then that has been said.
    std::optional<wanted_organization> read(const imported_organization& row) {
        wanted_organization wanted;
        wanted.name = row.name;
        wanted.domain = row.domain;
        wanted.tags = row.tags;
        wanted.enabled = row.enabled;
        if (!row.company_id) {
            ++without_id_;
            return wanted;
        }
        const auto* of = instance_of(row);
        if (of == nullptr)
            return std::nullopt;
        const auto* company = of->find(*row.company_id);
        if (company == nullptr) {
            complain(row, fmt::format("instance {} has no company {}", of->instance, row.company_id->value));
            return std::nullopt;
        }
        if (!of->passes(company->id))
            context_.messages.warn(at(row) +
                                   fmt::format("company {} {} {}, so it is not swept", company->id.value,
                                               printable(company->name),
                                               company->active ? "does not pass company_filter" : "is inactive"));
        wanted.company = wanted_company{of->instance, company->id, company->name};
        return wanted;
    }

    /// Two organizations may not end up with one company, whoever had it before.
    bool is_free(const imported_organization& row, const wanted_organization& wanted,
                 const std::set<std::string>& moved) {
        if (!wanted.company)
            return true;
        auto& owner = owners_[std::pair(wanted.company->instance, wanted.company->id.value)];
        const bool is_free = owner.name.empty() || name_key(owner.name) == name_key(row.name);
        // Whoever has it in the file may get another company in the same import.
        if (is_free || (owner.line == 0 && moved.contains(name_key(owner.name)))) {
            owner = {row.name, row.line};
            return true;
        }
        complain(row, fmt::format("company {} is mapped to {}{} already", wanted.company->id.value,
                                  printable(owner.name), owner.line > 0 ? fmt::format(" by line {}", owner.line) : ""));
        return false;
    }

    std::int64_t without_id() const { return without_id_; }
    bool failed() const { return failed_; }

private:
    std::string at(const imported_organization& row) const {
        return fmt::format("{}:{}: {}: ", *context_.line.companies.file, row.line, printable(row.name));
    }

    void complain(const imported_organization& row, const std::string& what) {
        context_.messages.error(at(row) + what + "; the row is left out");
        failed_ = true;
    }

    const instance_companies* instance_of(const imported_organization& row) {
        const auto& all = context_.settings.instances;
        const auto& chosen = context_.line.chosen.instances;
        auto name = row.instance;
        if (name.empty() && chosen.size() == 1)
            name = chosen.front();
        if (name.empty() && all.size() == 1)
            name = all.front().name.value;
        std::string known;
        for (const auto& one : all)
            known += (known.empty() ? "" : ", ") + one.name.value;
        if (name.empty())
            complain(row, "it names no instance, and there are several (" + known +
                              "); add a column instance, or --instance NAME");
        const auto* found = name.empty() ? nullptr : directory_.find(name);
        if (!name.empty() && found == nullptr)
            complain(row,
                     fmt::format("there is no answer of an instance {}; the instances are {}", printable(name), known));
        return found;
    }

    const command_context& context_;
    const company_directory& directory_;
    struct owner_of_company {
        std::string name; ///< Empty where nobody has it.
        int line = 0;     ///< Of the list; 0 in the file.
    };
    std::map<std::pair<std::string, std::int64_t>, owner_of_company> owners_;
    std::int64_t without_id_ = 0;
    bool failed_ = false;
};

/// The organizations that the list gives another company than they have.
std::set<std::string> moved_organizations(const config& now, const std::vector<imported_organization>& rows) {
    std::map<std::string, core::company_id> present;
    for (const auto& one : now.organizations)
        if (one.company_id.value)
            present.emplace(name_key(one.name.value), *one.company_id.value);
    std::set<std::string> moved;
    for (const auto& row : rows) {
        const auto found = present.find(name_key(row.name));
        if (found != present.end() && row.company_id && *row.company_id != found->second)
            moved.insert(found->first);
    }
    return moved;
}

/// Clients that left often only vanish from the list: what the file has of them is not touched, but named.
void name_missing(const command_context& context, const std::vector<imported_organization>& rows) {
    constexpr std::size_t most_named = 10;
    std::set<std::string> listed;
    for (const auto& row : rows)
        listed.insert(name_key(row.name));
    const auto& chosen = context.line.chosen.instances;
    std::vector<std::string> missing;
    for (const auto& one : context.settings.organizations)
        if (!listed.contains(name_key(one.name.value)) &&
            (chosen.empty() || std::ranges::find(chosen, one.instance.value) != chosen.end()))
            missing.push_back(printable(one.name.value));
    if (missing.empty())
        return;
    std::cout << counted(static_cast<std::int64_t>(missing.size()), "organization is", "organizations are")
              << " not in the list and stay as they are: ";
    for (std::size_t i = 0; i < std::min(missing.size(), most_named); ++i)
        std::cout << (i > 0 ? ", " : "") << missing[i];
    std::cout << (missing.size() > most_named ? fmt::format(" and {} more\n", missing.size() - most_named) : "\n");
}

} // namespace

exit_status run_companies_import(const command_context& context) {
    const auto table = read_import_file(context, *context.line.companies.file);
    if (!table)
        return exit_status::failed;
    one_shot once(context);
    if (auto ready = once.prepare(); !ready)
        return ready.error();
    const auto directory = read_directory(context, once, [&table](const std::string& instance) {
        directory_request request;
        for (const auto& row : table->organizations)
            if (row.company_id && (row.instance.empty() || row.instance == instance))
                request.wanted.push_back(*row.company_id);
        return request;
    });
    importer rows(context, directory);
    const auto moved = moved_organizations(context.settings, table->organizations);
    std::vector<wanted_organization> wanted;
    for (const auto& row : table->organizations)
        if (auto one = rows.read(row); one && rows.is_free(row, *one, moved))
            wanted.push_back(std::move(*one));
    if (rows.without_id() > 0)
        std::cout << counted(rows.without_id(), "row has", "rows have")
                  << " no company id: \"contactd companies suggest\" finds companies by name\n";
    name_missing(context, table->organizations);
    warn_of_doubts(context, directory, wanted);
    const auto saved = save_mapping(context, wanted);
    return saved == exit_status::done && (rows.failed() || !directory.complete) ? exit_status::failed : saved;
}

} // namespace contactd
