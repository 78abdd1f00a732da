#include "core/fold.hpp"
#include "core/read_id.hpp"
#include "daemon/commands/orders/open_orders.hpp"
#include "daemon/commands/orders/orders.hpp"
#include "daemon/printable.hpp"
#include "daemon/report/release_command.hpp"
#include "daemon/timestamp.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <iostream>
#include <unistd.h>

namespace contactd {

namespace {

constexpr std::size_t name_columns = 24;
constexpr std::size_t user_columns = 28;

std::string title(const held_in_journal& one) {
    return fmt::format("{} (company {}, instance {})", printable(one.company), one.company_id.value, one.instance);
}

bool is_named(const held_in_journal& one, const std::string& id_or_name) {
    const auto id = core::read_id(id_or_name);
    return (id && one.company_id.value == *id) || core::fold(one.company) == core::fold(id_or_name);
}

void show(const held_in_journal& company, const std::vector<held_device>& changes) {
    std::cout << fmt::format("{}: {} of {} devices that have a contact would get another; held since {}\n",
                             title(company), grouped(company.would_reassign), grouped(company.assigned_devices),
                             minute_words(company.since));
    for (const auto& one : changes)
        std::cout << "  " << padded(printable(one.name), name_columns) << "  "
                  << padded(printable(one.last_user), user_columns) << "  "
                  << (one.previous.empty() ? "no contact" : printable(one.previous)) << " -> " << printable(one.contact)
                  << '\n';
}

/// Whether a person says yes. If nobody can be asked, that has been said.
std::expected<bool, exit_status> ask(const command_context& context) {
    if (context.line.orders.yes)
        return true;
    if (::isatty(STDIN_FILENO) == 0 || ::isatty(STDOUT_FILENO) == 0) {
        context.messages.error("nothing was approved: there is no terminal to ask on; add --yes");
        return std::unexpected(exit_status::usage);
    }
    std::cout << "Let exactly these changes go, once? [y/N] " << std::flush;
    std::string said;
    std::getline(std::cin, said);
    return said == "y" || said == "Y" || said == "yes";
}

exit_status list(const std::vector<held_in_journal>& held) {
    for (const auto& one : held)
        std::cout << fmt::format("{}: {} of {} devices, since {}{}\n", title(one), grouped(one.would_reassign),
                                 grouped(one.assigned_devices), minute_words(one.since),
                                 one.approved ? "; approved " + minute_words(*one.approved)
                                              : "; " + release_command(one.instance, one.company_id));
    std::cout << counted(static_cast<std::int64_t>(held.size()), "company is", "companies are") << " held\n";
    return exit_status::done;
}

} // namespace

exit_status run_approve(const command_context& context) {
    const auto& wanted = context.line.orders.company;
    auto orders = open_orders(context, wanted ? journal_use::change : journal_use::look);
    if (!orders)
        return orders.error();
    auto held = (*orders)->held(chosen_instance(context));
    if (!held)
        return complain(context, held.error());
    if (!wanted)
        return list(*held);
    std::erase_if(*held, [&wanted](const held_in_journal& one) { return !is_named(one, *wanted); });
    if (held->empty())
        return complain(context, "the brake holds no company " + printable(*wanted) +
                                     ": \"contactd approve\" lists those that it does");
    if (held->size() > 1) {
        (void)list(*held);
        return complain(context, printable(*wanted) +
                                     " names several of them: give the id of one, and --instance where it is needed");
    }
    const auto& company = held->front();
    const auto changes = (*orders)->changes_of(company);
    if (!changes)
        return complain(context, changes.error());
    show(company, *changes);
    const auto said = ask(context);
    if (!said)
        return said.error();
    if (!*said) {
        std::cout << "Nothing was approved\n";
        return exit_status::failed;
    }
    const auto done = (*orders)->approve(company, wall_now());
    if (!done)
        return complain(context, done.error());
    if (!*done)
        return complain(context, "a sweep has come to another plan for " + title(company) +
                                     " meanwhile: nothing was approved; look at that one");
    std::cout << "Approved: the next sweep makes these changes, once, and holds whatever else would be too much\n";
    return exit_status::done;
}

} // namespace contactd
