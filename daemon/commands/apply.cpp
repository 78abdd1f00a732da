#include "daemon/sweep/apply.hpp"
#include "daemon/commands/commands.hpp"
#include "daemon/commands/one_shot.hpp"
#include "daemon/journal/records.hpp"
#include "daemon/journal/sweep_recorder.hpp"
#include "daemon/plan_file/choose_changes.hpp"
#include "daemon/plan_file/plan_storage.hpp"
#include "daemon/report/apply_report.hpp"
#include "daemon/sweep/sinks.hpp"
#include "daemon/timestamp.hpp"

#include <iostream>
#include <memory>
#include <unistd.h>
#include <utility>

namespace contactd {

namespace asio = boost::asio;

namespace {

/// After that much time it is worth a word that much may have changed.
constexpr std::chrono::hours worth_a_word{24};

std::string file_of(const command_context& context) {
    return context.line.plan.file;
}

void print(const command_context& context, const apply_report& report) {
    if (context.line.format == output_format::json)
        std::cout << render_apply_json(report);
    else
        std::cout << render_apply_text(report, ::isatty(STDOUT_FILENO) != 0);
}

/// Where the changes go, and who records them; without a recorder nothing is written.
exit_status apply(const command_context& context, one_shot& once, std::vector<chosen_changes> chosen,
                  sweep_recorder* recorder, apply_report report) {
    const apply_terms terms{recorder == nullptr, [&report](const unmade_change& one) { report.unmade.push_back(one); }};
    const auto make_sink = [&](const instance& one) -> sink_factory {
        if (recorder)
            return writing_sink(one, false, once.executor(), once.stop(), *recorder);
        return [](autotask::session&) -> std::unique_ptr<change_sink> { return std::make_unique<dry_sink>(); };
    };
    report.done = once.follow(recorder, [&](const sweep_context& with, std::span<instance* const> instances) {
        return apply_plan(with, instances, chosen, terms, make_sink);
    });
    report.sort();
    print(context, report);
    return report.status();
}

} // namespace

exit_status run_apply(const command_context& context) {
    const auto say = [&context](const std::string& sentence) { context.messages.error(sentence); };
    if (auto good = check_instances(context); !good)
        return good.error();
    const auto stored = load_plan(file_of(context));
    if (!stored) {
        say(stored.error());
        return exit_status::failed;
    }
    const auto& plan = stored->plan;
    const bool dry_run = context.line.dry_run;
    auto choice = choose_changes(plan, context.line.chosen, context.settings, dry_run);
    for (const auto& one : choice.refusals)
        say(one);
    for (const auto& one : choice.unmet)
        say(one);
    if (!choice.refusals.empty())
        return exit_status::failed;

    one_shot once(context);
    apply_report report;
    report.made = plan.made;
    report.contactd = plan.contactd;
    report.age = once.time().wall() - plan.made;
    report.dry_run = dry_run;
    report.not_chosen = static_cast<std::int64_t>(plan.report.changes.size());
    std::vector<std::string> instances;
    for (const auto& one : choice.instances) {
        report.not_chosen -= static_cast<std::int64_t>(one.changes.size());
        instances.push_back(one.of.instance);
    }
    if (report.age > worth_a_word || report.age < -std::chrono::minutes(1))
        context.messages.warn(file_of(context) + ": the plan is " + age_words(report.age));
    const auto unmet = choice.unmet.empty() ? exit_status::done : exit_status::failed;
    if (instances.empty()) {
        print(context, report);
        return unmet;
    }
    if (auto ready = once.prepare(instances); !ready)
        return ready.error();
    if (dry_run) {
        const auto status = apply(context, once, std::move(choice.instances), nullptr, std::move(report));
        return status == exit_status::done ? unmet : status;
    }
    auto kept = records::open(context.settings.daemon, "apply", once.executor(), once.time(), context.messages);
    if (!kept) {
        say(kept.error());
        return exit_status::failed;
    }
    auto& records = **kept;
    sweep_recorder recorder({records.audit(), records.journal(), once.time(), records.decisions(), say},
                            sweep_id(once.time().wall(), once.dice()()));
    const auto status = apply(context, once, std::move(choice.instances), &recorder, std::move(report));
    return recorder.broken() ? exit_status::failed : status == exit_status::done ? unmet : status;
}

} // namespace contactd
