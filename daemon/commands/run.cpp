#include "autotask/spawn.hpp"
#include "daemon/commands/commands.hpp"
#include "daemon/commands/one_shot.hpp"
#include "daemon/config/config_file.hpp"
#include "daemon/journal/records.hpp"
#include "daemon/organizations/organizations_words.hpp"
#include "daemon/printable.hpp"
#include "daemon/service/service.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <csignal>
#include <optional>
#include <utility>
#include <vector>

namespace contactd {

namespace asio = boost::asio;

namespace {

/// Reads the configuration again. What is wrong with it is said, and then there is none. `in_use` is whether there are
/// organizations: with their file everything that was said of single clients would go, and no file is not an empty one.
std::optional<loaded_configuration> load(const command_context& context, const asio::any_io_executor& on,
                                         bool& in_use) {
    auto read = read_config(context.line.config_file, context.variables);
    std::vector<std::string> wrong;
    if (!read)
        for (const auto& one : read.error())
            wrong.push_back(one.text());
    std::expected<instance_list, std::vector<std::string>> made;
    if (read) {
        made = make_instances(read->settings, {}, on, context.variables, context.messages);
        if (!made)
            wrong = std::move(made.error());
    }
    if (read && made && in_use && !read->settings.organizations_text)
        wrong.push_back("the file " + read->settings.organizations_file +
                        " is gone, and all organizations with it; put an empty one in its place if that is meant");
    if (read && made && wrong.empty()) {
        in_use = !read->settings.organizations.empty();
        context.messages.info("the configuration has " + organizations_words(read->settings.organizations));
        for (const auto& one : read->warnings)
            context.messages.warn(one.text());
        return loaded_configuration{std::move(read->settings), std::move(*made)};
    }
    for (const auto& one : wrong)
        context.messages.error(one);
    context.messages.error("the configuration in use stays in use");
    return std::nullopt;
}

/// What the signals of the process mean to the service.
class signal_handler {
public:
    signal_handler(const command_context& context, asio::io_context& loop, service& obeys, audit_file& audit)
        : context_(context), signals_(loop, SIGTERM, SIGINT, SIGHUP), service_(obeys), audit_(audit) {
        signals_.add(SIGUSR1);
    }

    asio::awaitable<void> obey() {
        while (true) {
            const auto [failed, signal] = co_await signals_.async_wait(asio::as_tuple(asio::use_awaitable));
            if (failed)
                co_return;
            obey(signal);
        }
    }

private:
    void obey(int signal) {
        if (signal == SIGHUP) {
            if (auto reopened = audit_.reopen(); !reopened)
                context_.messages.error(reopened.error());
            service_.reload();
        } else if (signal == SIGUSR1) {
            context_.messages.info("sweeping now, as asked by SIGUSR1");
            service_.sweep_now();
        } else {
            context_.messages.info("stopping: what is under way is finished first");
            service_.stop();
        }
    }

    const command_context& context_;
    asio::signal_set signals_;
    service& service_;
    audit_file& audit_;
};

} // namespace

exit_status run_daemon(const command_context& context) {
    // Until the loop obeys them, these must not end the process.
    std::signal(SIGHUP, SIG_IGN);
    std::signal(SIGUSR1, SIG_IGN);
    asio::io_context loop{1};
    autotask::real_clock time;
    auto instances = make_instances(context.settings, {}, loop.get_executor(), context.variables, context.messages);
    if (!instances) {
        for (const auto& one : instances.error())
            context.messages.error(one);
        return exit_status::config;
    }
    auto kept = records::open(context.settings.daemon, "run", loop.get_executor(), time, context.messages);
    if (!kept) {
        context.messages.error(kept.error());
        return exit_status::failed;
    }
    auto& records = **kept;
    std::vector<std::string> configured;
    for (const auto& one : *instances)
        configured.push_back(one->settings.name.value);
    records.warn_of_strangers(configured, context.messages);
    context.messages.info("contactd " CONTACTD_VERSION " sweeps " + std::to_string(instances->size()) +
                          (instances->size() == 1 ? " instance" : " instances") + "; " +
                          organizations_words(context.settings.organizations));
    const auto set_level = [&context](const config& taken_over) {
        if (!context.line.log_level)
            context.messages.set_level(taken_over.daemon.log_level.value);
    };
    bool has_organizations = !context.settings.organizations.empty();
    service_context parts{
        loop.get_executor(),
        time,
        make_dice(),
        context.messages,
        records.audit(),
        records.journal(),
        records.decisions(),
        [&context, &has_organizations, on = loop.get_executor()] { return load(context, on, has_organizations); },
        set_level};
    service daemon(std::move(parts), {context.settings, std::move(*instances)});
    signal_handler signals(context, loop, daemon, records.audit());
    const auto whole = [&]() -> asio::awaitable<void> {
        co_await daemon.run();
        loop.stop();
    };
    autotask::spawn(loop.get_executor(), signals.obey());
    autotask::spawn(loop.get_executor(), whole());
    loop.run();
    context.messages.info("stopped");
    return exit_status::done;
}

} // namespace contactd
