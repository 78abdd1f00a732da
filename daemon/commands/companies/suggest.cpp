#include "daemon/commands/companies/companies.hpp"
#include "daemon/commands/companies/company_directory.hpp"
#include "daemon/commands/companies/import_file.hpp"
#include "daemon/commands/companies/save_mapping.hpp"
#include "daemon/organizations/proposal.hpp"
#include "daemon/printable.hpp"

#include <fmt/format.h>
#include <iostream>

namespace contactd {

namespace {

constexpr std::size_t name_columns = 34;
constexpr std::size_t id_columns = 9;

/// Prints a proposal. The instance is only named where there are several.
class printer {
public:
    explicit printer(bool several_instances) : several_instances_(several_instances) {}

    void print(const proposal& what) const {
        heading("Sure", what.mapped.size());
        for (const auto& one : what.mapped)
            std::cout << "  " << padded(printable(one.organization.name), name_columns) << " -> "
                      << company(one.organization.company->instance, one.organization.company->id,
                                 one.organization.company->name)
                      << one.why << '\n';
        heading("Ambiguous, for you to decide", what.ambiguous.size());
        for (const auto& one : what.ambiguous) {
            std::cout << "  " << padded(printable(one.organization), name_columns) << "  " << one.why_not << '\n';
            for (const auto& each : one.candidates)
                std::cout << "      "
                          << company(each.company.instance, each.company.company->id, each.company.company->name)
                          << each.why << '\n';
        }
        heading("Organizations that are like no company", what.without_company.size());
        for (const auto& one : what.without_company)
            std::cout << "  " << printable(one) << '\n';
        heading("Companies that are like no organization", what.without_organization.size());
        for (const auto& one : what.without_organization) {
            auto line = company(one.instance, one.company->id, one.company->name);
            line.erase(line.find_last_not_of(' ') + 1);
            std::cout << "  " << line << '\n';
        }
    }

private:
    static void heading(std::string_view words, std::size_t count) {
        if (count > 0)
            std::cout << words << " (" << grouped(static_cast<std::int64_t>(count)) << ")\n";
    }

    std::string company(const std::string& instance, core::company_id id, const std::string& name) const {
        return padded(std::to_string(id.value), id_columns) + padded(printable(name), name_columns) + "  " +
               (several_instances_ ? padded(instance, id_columns) + "  " : std::string());
    }

    bool several_instances_;
};

} // namespace

exit_status run_companies_suggest(const command_context& context) {
    std::vector<imported_organization> further;
    if (const auto& file = context.line.companies.file) {
        auto table = read_import_file(context, *file);
        if (!table)
            return exit_status::failed;
        further = std::move(table->organizations);
    }
    if (further.empty() && context.settings.organizations.empty()) {
        context.messages.error("there is nothing to compare: " + context.settings.organizations_file +
                               " has no organizations, and --organizations FILE.csv names no list of them");
        return exit_status::failed;
    }
    one_shot once(context);
    if (auto ready = once.prepare(); !ready)
        return ready.error();
    const auto directory = read_directory(context, once, [](const std::string&) { return directory_request(); });
    if (!directory.complete) {
        context.messages.error(
            "nothing is suggested: what looks like the only company of a name may not be the only one "
            "where not every instance could be asked");
        return exit_status::failed;
    }
    std::vector<offered_companies> offered;
    for (const auto& of : directory.instances)
        offered.push_back({of.instance, of.passing});
    const auto found = propose(context.settings, further, offered);
    printer(context.settings.instances.size() > 1).print(found);
    if (!context.line.companies.save) {
        std::cout << (found.mapped.empty()
                          ? "Nothing was changed\n"
                          : "Nothing was changed; --save saves the sure ones, \"contactd companies map\" "
                            "a single one\n");
        return exit_status::done;
    }
    std::vector<wanted_organization> wanted;
    for (const auto& one : found.mapped)
        wanted.push_back(one.organization);
    std::cout << '\n';
    return save_mapping(context, wanted);
}

} // namespace contactd
