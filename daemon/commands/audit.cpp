#include "daemon/commands/audit.hpp"

#include "autotask/clock.hpp"
#include "daemon/audit/reading/audit_printer.hpp"
#include "daemon/audit/reading/log_reader.hpp"
#include "daemon/audit/reading/log_watch.hpp"

#include <algorithm>
#include <cstring>
#include <optional>
#include <sys/ioctl.h>
#include <unistd.h>

namespace contactd {

namespace {

/// What --follow shows of what was before, and how much of the log it reads for that.
constexpr std::size_t lines_before = 10;
constexpr std::uint64_t bytes_before = 1 << 20;

time_zone zone_of(const audit_options& options) {
    return options.utc ? time_zone::utc : time_zone::local;
}

/// The command line has looked whether it is a time.
std::optional<core::wall_time> read_time(const std::optional<std::string>& words, core::wall_time now, time_zone zone) {
    return words ? std::optional(read_time_words(*words, now, zone).value()) : std::nullopt;
}

audit_filter filter_of(const audit_options& options, core::wall_time now) {
    audit_filter wanted;
    wanted.since = read_time(options.since, now, zone_of(options));
    wanted.until = read_time(options.until, now, zone_of(options));
    wanted.sweeps = options.sweeps;
    wanted.instances = options.instances;
    wanted.companies = options.companies;
    wanted.devices = options.devices;
    wanted.reasons = options.reasons;
    if (options.events.empty() && !options.json) {
        wanted.events = usual_events(wanted);
        return wanted;
    }
    wanted.events.names = options.events;
    wanted.events.all = options.events.empty() || std::ranges::find(options.events, "all") != options.events.end();
    wanted.events.unknown_are_missing = wanted.events.all && !options.json;
    return wanted;
}

/// The width of the terminal; 0 when standard output is none.
std::size_t terminal_columns() {
    if (::isatty(STDOUT_FILENO) == 0)
        return 0;
    constexpr std::size_t usual = 80;
    winsize size{};
    return ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : usual;
}

print_style style_of(const audit_options& options, bool one_instance) {
    print_style style;
    style.json = options.json;
    style.words.zone = zone_of(options);
    style.words.columns = terminal_columns();
    style.words.coloured = style.words.columns > 0;
    style.words.with_instance = !one_instance;
    return style;
}

/// Reads until it is told to end. Whoever has enough of the lines closes the pipe, which is how this ends, too.
void follow(log_reader& reader, audit_printer& printer, line_output& output, const end_signals& signals,
            const std::string& file, const audit_options& options, std::optional<core::wall_time> since,
            log& messages) {
    const bool is_new = ::access(file.c_str(), F_OK) != 0; // Then all that comes is news.
    if (is_new)
        messages.warn("the audit log " + file + " does not exist yet; waiting for it");
    log_watch watch(file, signals, STDOUT_FILENO);
    if (options.since || !options.sweeps.empty()) {
        reader.read_all_so_far(since);
    } else {
        if (!is_new)
            printer.keep_last(lines_before);
        reader.read_end(bytes_before);
        printer.keep_all();
    }
    output.flush();
    while (!printer.has_enough() && watch.wait()) {
        reader.read_news();
        output.flush();
    }
}

} // namespace

exit_status run_audit(const audit_options& options, const std::string& file, bool one_instance, log& messages) {
    const auto wanted = filter_of(options, autotask::real_clock().wall());
    const audit_query query(wanted);
    const line_sifter sifter(query);
    std::optional<end_signals> signals;
    if (options.follow)
        signals.emplace();
    line_output output(STDOUT_FILENO, signals ? signals->descriptor() : -1);
    audit_printer printer(style_of(options, one_instance), output, messages,
                          [&signals] { return signals && signals->has_come(); });
    log_reader reader(file, sifter, printer);
    const auto since = earliest_of(wanted);
    if (signals) {
        follow(reader, printer, output, *signals, file, options, since, messages);
    } else if (!reader.read_all(since)) {
        messages.error("the audit log " + file +
                       " does not exist: nothing has been swept yet, or --file or "
                       "daemon.audit_log names another one");
        return exit_status::failed;
    }
    output.flush();
    printer.say_what_is_missing();
    if (output.failure() != 0)
        messages.error(std::string("writing to standard output: ") + std::strerror(output.failure()));
    else if (!signals && !output.is_over() && printer.taken() == 0 && !options.json)
        messages.warn("nothing in the audit log " + file + " is of this kind");
    const bool good = output.failure() == 0 && !printer.had_trouble() && (signals || !output.is_over());
    return good ? exit_status::done : exit_status::failed;
}

} // namespace contactd
