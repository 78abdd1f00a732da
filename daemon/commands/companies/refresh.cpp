#include "daemon/commands/companies/companies.hpp"
#include "daemon/commands/companies/company_directory.hpp"
#include "daemon/journal/journal_store.hpp"
#include "daemon/organizations/organization_name.hpp"
#include "daemon/printable.hpp"
#include "daemon/report/company_words.hpp"
#include "daemon/sweep/swept_companies.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <iostream>

namespace contactd {

namespace {

constexpr std::size_t number_columns = 9;

std::string number(std::int64_t value) {
    const auto text = grouped(value);
    return std::string(text.size() < number_columns ? number_columns - text.size() : 0, ' ') + text;
}

/// How many companies each condition removes of those that the ones before it have left.
void say_conditions(const instance_companies& of) {
    std::cout << number(of.left.front()) << "  active companies\n";
    for (std::size_t i = 0; i < of.filter_words.size(); ++i)
        std::cout << number(of.left[i] - of.left[i + 1]) << "  removed by " << printable(of.filter_words[i]) << '\n';
    std::cout << number(of.left.back()) << "  pass the filter\n";
}

void say_mapping(const instance_companies& of, const instance_settings& settings, const client_list& clients) {
    const auto swept = swept_companies(of.passing, settings, clients);
    std::int64_t mapped = 0;
    for (const auto& one : of.passing)
        mapped += clients.of(one.id) != nullptr ? 1 : 0;
    const auto unmapped = static_cast<std::int64_t>(of.passing.size()) - mapped;
    std::cout << number(mapped) << "  of these are mapped to an organization\n";
    if (unmapped > 0)
        std::cout << number(unmapped) << "  are not: see \"contactd companies list --unmapped\"\n";
    std::cout << number(static_cast<std::int64_t>(swept.size())) << "  are swept\n";
}

/// What is mapped and not as it was.
void say_organizations(const instance_companies& of, const client_list& clients) {
    for (const auto& one : clients.organizations) {
        const auto id = *one.company_id.value;
        const auto* now = of.find(id);
        if (!of.passes(id))
            std::cout << fmt::format("  ! {} is mapped to company {}{}, which {}\n", printable(one.name.value),
                                     id.value, now ? " " + printable(now->name) : "",
                                     now == nullptr ? "does not exist"
                                     : now->active  ? "does not pass the filter"
                                                    : "is inactive");
        else if (!one.company.value.empty() && one.company.value != tidy_name(now->name))
            std::cout << fmt::format("  ~ {} is mapped to company {} {}, which was called {}\n",
                                     printable(one.name.value), id.value, printable(now->name),
                                     printable(one.company.value));
    }
}

/// What a sweep would tell of companies that came, went or were renamed. Without a journal that can be read there is
/// nothing to compare with.
void say_news(const command_context& context, const instance_companies& of, const client_list& clients,
              bool only_mapped) {
    const auto journal = journal_store::open_to_read(context.settings.daemon.state_dir.value);
    if (!journal)
        return;
    const auto known = (*journal)->known_companies(of.instance);
    if (!known || known->empty())
        return;
    auto news = core::compare_companies(*known, of.passing);
    if (!news.changes.empty() || !news.missing.empty())
        std::cout << "  since the last sweep:\n";
    for (auto& one : news.changes) {
        const auto* organization = clients.of(one.id);
        const told_company told{std::move(one), organization ? organization->name.value : std::string()};
        std::cout << "    " << company_words(told, only_mapped) << '\n';
    }
    for (const auto& one : news.missing)
        std::cout << fmt::format("    company {} {} no longer passes\n", one.id.value, printable(one.name));
}

} // namespace

exit_status run_companies_refresh(const command_context& context) {
    one_shot once(context);
    if (auto ready = once.prepare(); !ready)
        return ready.error();
    const auto found = read_directory(context, once, [&context](const std::string& instance) {
        directory_request request;
        request.count_conditions = true;
        for (const auto& one : client_list(context.settings, instance).organizations)
            request.wanted.push_back(*one.company_id.value);
        return request;
    });
    for (const auto& settings : context.settings.instances) {
        const auto* of = found.find(settings.name.value);
        if (of == nullptr)
            continue;
        const client_list clients(context.settings, settings.name.value);
        std::cout << "instance " << of->instance << '\n';
        say_conditions(*of);
        say_mapping(*of, settings, clients);
        say_organizations(*of, clients);
        say_news(context, *of, clients, settings.companies.value == company_choice::mapped);
    }
    return found.complete ? exit_status::done : exit_status::failed;
}

} // namespace contactd
