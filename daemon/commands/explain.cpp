#include "daemon/report/explain.hpp"
#include "daemon/commands/commands.hpp"
#include "daemon/commands/one_shot.hpp"
#include "daemon/explain/device_question.hpp"
#include "daemon/printable.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <iostream>
#include <unistd.h>

namespace contactd {

namespace asio = boost::asio;

namespace {

/// Somebody waits in front of a screen, so that a server that is away is not waited for; a limit of the API passes.
constexpr asking_manner in_a_hurry{std::chrono::seconds{5}, std::chrono::seconds{20}, false};

void print(const command_context& context, const auto& what) {
    const bool coloured = ::isatty(STDOUT_FILENO) != 0;
    std::cout << (context.line.format == output_format::json ? explain_json(what) : explain_text(what, coloured));
}

exit_status complain(const command_context& context, const std::string& what) {
    context.messages.error(what);
    return exit_status::failed;
}

exit_status show_choice(const command_context& context, const std::vector<possible_device>& all) {
    (void)complain(context, counted(static_cast<std::int64_t>(all.size()), "configuration item is",
                                    "configuration items "
                                    "are") +
                                " called " + printable(context.line.explained.device) + "; name one by its id");
    std::cout << choice_text(all);
    return exit_status::failed;
}

std::expected<std::unique_ptr<journal_store>, std::string> open_journal(const command_context& context) {
    const auto& directory = context.settings.daemon.state_dir.value;
    // SQLite tells no more than that it cannot be opened.
    const auto path = directory + "/journal.db";
    const bool is_readable = ::access(path.c_str(), R_OK) == 0;
    if (!is_readable && errno == ENOENT)
        return std::unexpected("there is no journal yet: " + path + " does not exist");
    if (!is_readable)
        return std::unexpected("reading the journal " + path + ": " + std::strerror(errno));
    return journal_store::open_to_read(directory);
}

std::vector<std::string> chosen_instances(const command_context& context) {
    if (!context.line.chosen.instances.empty())
        return context.line.chosen.instances;
    std::vector<std::string> all;
    for (const auto& one : context.settings.instances)
        all.push_back(one.name.value);
    return all;
}

std::expected<std::vector<recorded_device>, std::string> find_in(journal_store& journal,
                                                                 const command_context& context) {
    const auto& name = context.line.explained.device;
    const auto instances = chosen_instances(context);
    if (const auto id = id_in(name)) {
        auto found = find_recorded(journal, instances, *id);
        if (!found || !found->empty())
            return found;
    }
    return find_recorded(journal, instances, name);
}

/// What the journal has. `unreachable` says why nobody else was asked.
exit_status explain_from_journal(const command_context& context, std::string unreachable) {
    const auto& name = context.line.explained.device;
    auto journal = open_journal(context);
    if (!journal)
        return complain(context, journal.error());
    auto found = find_in(**journal, context);
    if (!found)
        return complain(context, found.error());
    if (found->empty())
        return complain(context, "the journal knows no device " + printable(name));
    if (found->size() > 1) {
        std::vector<possible_device> all;
        for (const auto& one : *found)
            all.push_back({one.instance, one.id, one.name, one.company_id, one.company});
        return show_choice(context, all);
    }
    recorded_explanation told;
    told.device = std::move(found->front());
    auto history = read_history(**journal, told.device.instance, told.device.id);
    if (!history)
        return complain(context, history.error());
    told.history = std::move(*history);
    told.unreachable = std::move(unreachable);
    print(context, told);
    return told.unreachable.empty() ? exit_status::done : exit_status::failed;
}

void add_history(const command_context& context, explained_device& to) {
    auto journal = open_journal(context);
    if (!journal)
        to.history = std::unexpected(journal.error());
    else
        to.history = read_history(**journal, to.instance, to.rows->device.id);
}

/// With several instances the file of aliases has a column more.
void add_instance_to_aliases(explained_device& to) {
    if (!to.why)
        return;
    for (auto& one : to.why->fix.contacts)
        if (!one.alias_line.empty())
            one.alias_line.insert(0, to.instance + ',');
}

/// No policy counts the people of a longer time.
constexpr std::chrono::hours longest_look_back{24 * 365};

/// What was found in all instances.
struct search {
    std::vector<possible_device> possible;
    std::optional<explained_device> explained;
    std::vector<std::string> failures; ///< Sentences.
    /// What a sweep of the instance would know from before. Where it cannot be read the history says so.
    std::function<std::expected<instance_past, std::string>(const std::string& instance)> recall;
    core::wall_time now{};
};

/// Looks in one instance, and explains at once what is the only one so far.
asio::awaitable<bool> look_in(instance& subject, autotask::session& session, const std::string& name, search& all) {
    const auto past = all.recall(subject.settings.name.value);
    const core::retrospect looking_back{past ? &past->devices : nullptr, all.now};
    device_question question(subject, session, looking_back);
    auto found = co_await question.find(name);
    if (!found) {
        all.failures.push_back("instance " + subject.settings.name.value + ": " + found.error().message);
        co_return false;
    }
    for (const auto& one : *found)
        all.possible.push_back({subject.settings.name.value, one.id, one.name(), one.company, {}, one.active});
    if (found->size() != 1 || all.possible.size() != 1)
        co_return true;
    auto which = std::move(found->front());
    auto made = co_await question.explain(std::move(which));
    if (made)
        all.explained = std::move(*made);
    else
        all.failures.push_back("instance " + subject.settings.name.value + ": " + made.error().message);
    co_return made.has_value();
}

} // namespace

exit_status run_explain(const command_context& context) {
    if (auto good = check_instances(context); !good)
        return good.error();
    if (context.line.explained.offline)
        return explain_from_journal(context, {});
    one_shot once(context);
    if (auto ready = once.prepare(); !ready)
        return ready.error();
    const auto& name = context.line.explained.device;
    search all;
    all.now = once.time().wall();
    all.recall = [&context, &all](const std::string& instance) {
        return read_past_of(context.settings.daemon.state_dir.value, instance, all.now - longest_look_back);
    };
    const auto look = [&name, &all](instance& subject, autotask::session& session) {
        return look_in(subject, session, name, all);
    };
    (void)once.check_each(look, in_a_hurry);

    if (all.possible.size() > 1)
        return show_choice(context, all.possible);
    if (all.explained) {
        for (const auto& one : all.failures)
            context.messages.warn(one);
        add_history(context, *all.explained);
        if (context.settings.instances.size() > 1)
            add_instance_to_aliases(*all.explained);
        print(context, *all.explained);
        return exit_status::done;
    }
    for (const auto& one : all.failures)
        context.messages.error(one);
    if (!all.failures.empty())
        return explain_from_journal(context, all.failures.front());
    return complain(context, "no configuration item has the id, hostname or title " + printable(name));
}

} // namespace contactd
