#include "tests/support/sweep_world.hpp"

#include "daemon/journal/sweep_recorder.hpp"
#include "daemon/plan_file/choose_changes.hpp"
#include "daemon/service/instance_runner.hpp"
#include "daemon/sweep/apply.hpp"
#include "daemon/sweep/sinks.hpp"
#include "daemon/sweep/sweep.hpp"
#include "daemon/timestamp.hpp"
#include "tests/sandbox/control/control.hpp"
#include "tests/support/memory_journal.hpp"
#include "tests/support/model_instances.hpp"
#include "tests/support/model_transport.hpp"
#include "tests/support/virtual_clock.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace test_support {

namespace asio = boost::asio;

namespace {

/// An audit log in memory.
class audit_lines final : public contactd::audit_sink {
public:
    std::expected<void, std::string> append(std::string_view line) override {
        lines.emplace_back(line);
        return {};
    }
    std::expected<void, std::string> sync() override { return {}; }
    std::vector<std::string> lines_of(std::string_view) override { return {}; }

    std::vector<std::string> lines;
};

/// Keeps what a report leaves out: what was only a warning, and what is thought of dates of modification.
class warning_list final : public contactd::sweep_listener {
public:
    explicit warning_list(swept& to) : to_(to) {}
    void trouble_met(const contactd::trouble& what) override {
        if (what.only_a_warning)
            to_.warnings.push_back(what.message);
    }
    void shortcut_turned(const contactd::turned_shortcut& what) override { to_.turned.push_back(what); }
    void companies_changed(const contactd::changed_companies& what) override { to_.company_news.push_back(what); }

private:
    swept& to_;
};

asio::awaitable<void> at(virtual_clock& time, std::chrono::milliseconds moment, std::function<void()> what) {
    autotask::stop_signal never;
    co_await time.sleep_for(moment - time.elapsed(), never);
    what();
}

std::unique_ptr<sandbox::autotask> make_model(const sandbox::generator_options& data) {
    sandbox::world_options options;
    options.data = data;
    auto model = sandbox::make_world(options);
    place_on_network(*model);
    return model;
}

} // namespace

std::int64_t swept::requests(const std::string& entity, const std::string& operation) const {
    const auto found = counts.by_work.find({entity, operation});
    return found == counts.by_work.end() ? 0 : found->second;
}

std::int64_t swept::most_in_progress(const std::string& entity) const {
    std::int64_t most = 0;
    for (const auto& [whose, count] : counts.highest)
        if (whose.second == entity)
            most = std::max(most, count);
    return most;
}

/// Everything else lives longer than the loop, whose coroutines may still refer to it.
struct sweep_world::parts {
    explicit parts(const sandbox::generator_options& data) : model(make_model(data)) {}

    std::unique_ptr<sandbox::autotask> model;
    sandbox::control_interface control{*model, {}};
    autotask::stop_signal stop;
    audit_lines audit;
    memory_journal journal;
    contactd::decision_memory decisions;
    sandbox::random_source dice{1};
    std::string broken; ///< Why the audit log is.
    contactd::config settings;
    contactd::instance_list instances;
    std::vector<model_transport*> networks;
    virtual_loop loop;
};

sweep_world::sweep_world(const sandbox::generator_options& data, std::string_view config, const further_files& others)
    : parts_(std::make_unique<parts>(data)) {
    configure(config, others);
}

sweep_world::~sweep_world() = default;

void sweep_world::configure(std::string_view config, const further_files& others) {
    auto made = make_model_instances(config, parts_->loop.time(), *parts_->model, others);
    for (const auto& one : made.instances) {
        const auto full_every = one->settings.schedule.full_every.value;
        if (full_every > std::chrono::seconds{0})
            one->memory = std::make_unique<contactd::row_memory>(full_every);
    }
    parts_->settings = std::move(made.settings);
    parts_->instances = std::move(made.instances);
    parts_->networks = std::move(made.networks);
}

void sweep_world::reload(std::string_view config, const further_files& others) {
    const auto before = std::exchange(parts_->instances, {});
    configure(config, others);
    for (const auto& now : parts_->instances)
        for (const auto& one : before)
            if (one->settings.name.value == now->settings.name.value)
                contactd::keep_what_was_learned(*one, *now);
}

sandbox::database& sweep_world::add_tenant(const sandbox::generator_options& data, const std::string& user,
                                           const std::string& tracking_identifier) {
    auto& tenant = parts_->model->add_database();
    sandbox::generate(tenant, data);
    sandbox::api_user fresh;
    fresh.name = user;
    fresh.secret = sandbox::credentials{}.secret;
    fresh.tracking_identifier = tracking_identifier;
    parts_->model->add_user(std::move(fresh), tenant);
    return tenant;
}

contactd::sweep_recorder sweep_world::new_recorder() {
    auto& all = *parts_;
    auto& time = all.loop.time();
    all.journal.now = time.wall();
    const auto complain = [&all](const std::string& sentence) { all.broken = sentence; };
    contactd::sweep_recorder::parts records{all.audit, all.journal, time, all.decisions, complain};
    return contactd::sweep_recorder(std::move(records), contactd::sweep_id(time.wall(), all.dice.unit()));
}

swept sweep_world::follow(contactd::sweep_recorder* recorder, const contactd::selection& chosen, const work& what) {
    auto& all = *parts_;
    auto& time = all.loop.time();
    const auto dice = [&all] { return all.dice.unit(); };
    const auto started = time.elapsed();
    all.model->reset_counters();

    swept outcome;
    warning_list warnings(outcome);
    contactd::listeners heard;
    if (recorder)
        heard.add(*recorder);
    heard.add(outcome.report);
    heard.add(warnings);
    contactd::selection_found found;
    core::allowance of_command(chosen.most_changes);
    auto of_dry_companies = of_command;
    contactd::sweep_context context{all.loop.executor(), time, all.stop, heard, chosen, found, of_command,
                                    of_dry_companies,    dice, recorder};
    if (!recorder)
        context.read_past = [&all](const std::string& instance, core::wall_time) {
            return all.journal.pasts[instance];
        };
    std::vector<contactd::instance*> subjects;
    for (const auto& one : all.instances)
        subjects.push_back(one.get());
    const auto task = [&]() -> asio::awaitable<void> {
        auto running = what(context, subjects);
        co_await std::move(running);
    };
    all.loop.start(task());
    if (!all.loop.finish())
        throw std::logic_error("the sweep never ends");
    if (!all.broken.empty())
        throw std::logic_error(all.broken);
    outcome.report.sort();
    outcome.counts = all.model->counts();
    outcome.took = time.elapsed() - started;
    return outcome;
}

swept sweep_world::sweep() {
    auto& all = *parts_;
    auto recorder = new_recorder();
    const auto make_sink = [&](const contactd::instance& one) {
        return contactd::writing_sink(one, false, all.loop.executor(), all.stop, recorder);
    };
    return follow(&recorder, {},
                  [&](const auto& context, auto subjects) { return contactd::sweep(context, subjects, make_sink); });
}

contactd::saved_plan sweep_world::plan() {
    contactd::saved_plan made;
    made.contactd = "0.0.0";
    made.made = parts_->loop.time().wall();
    const auto dry = [](autotask::session&) -> std::unique_ptr<contactd::change_sink> {
        return std::make_unique<contactd::dry_sink>();
    };
    const auto planned = follow(nullptr, {}, [&](const auto& context, auto subjects) {
        return contactd::sweep(context, subjects, [dry](const contactd::instance&) { return dry; });
    });
    made.report = planned.report;
    for (const auto& one : parts_->instances)
        if (one->zone)
            made.databases.push_back({one->settings.name.value, one->zone->url.text(), one->login.username});
    return made;
}

applied sweep_world::apply(const contactd::saved_plan& plan, const contactd::selection& chosen, bool dry_run) {
    auto& all = *parts_;
    applied outcome;
    auto choice = contactd::choose_changes(plan, chosen, all.settings, dry_run);
    outcome.refusals = std::move(choice.refusals);
    if (!outcome.refusals.empty())
        return outcome;
    auto recorder = new_recorder();
    const contactd::apply_terms terms{
        dry_run, [&outcome](const contactd::unmade_change& one) { outcome.report.unmade.push_back(one); }};
    const auto make_sink = [&](const contactd::instance& one) -> contactd::sink_factory {
        if (!dry_run)
            return contactd::writing_sink(one, false, all.loop.executor(), all.stop, recorder);
        return [](autotask::session&) -> std::unique_ptr<contactd::change_sink> {
            return std::make_unique<contactd::dry_sink>();
        };
    };
    outcome.by = follow(dry_run ? nullptr : &recorder, chosen, [&](const auto& context, auto subjects) {
        return contactd::apply_plan(context, subjects, choice.instances, terms, make_sink);
    });
    outcome.report.done = std::exchange(outcome.by.report, {});
    outcome.report.sort();
    return outcome;
}

void sweep_world::leave_open(const contactd::device_outcome& change) {
    auto& all = *parts_;
    all.journal.now = all.loop.time().wall();
    const auto task = [&]() -> asio::awaitable<void> {
        auto copy = change;
        auto recorded = all.journal.intend("20260101T000000.000Z-0000", std::move(copy));
        (void)co_await std::move(recorded);
    };
    all.loop.start(task());
    (void)all.loop.finish();
}

void sweep_world::in(std::chrono::milliseconds time, std::function<void()> what) {
    auto& clock = parts_->loop.time();
    autotask::spawn(parts_->loop.executor(), at(clock, clock.elapsed() + time, std::move(what)));
}

void sweep_world::pass(std::chrono::milliseconds time) {
    parts_->loop.run_for(time);
}

memory_journal& sweep_world::journal() {
    return parts_->journal;
}

void sweep_world::stop() {
    parts_->stop.request();
}

std::string sweep_world::control(const std::string& method, const std::string& target, const std::string& body) {
    sandbox::http_request request;
    request.method = method;
    request.target = target;
    request.body = body;
    auto reply = parts_->control.handle(request, now());
    if (reply.status != 200)
        throw std::invalid_argument(method + ' ' + target + ": " + reply.body);
    return std::move(reply.body);
}

sandbox::autotask& sweep_world::model() {
    return *parts_->model;
}

contactd::instance& sweep_world::instance(std::size_t at) {
    return *parts_->instances.at(at);
}

model_transport& sweep_world::network(std::size_t instance) {
    return *parts_->networks.at(instance);
}

virtual_loop& sweep_world::loop() {
    return parts_->loop;
}

sandbox::time_point sweep_world::now() const {
    return parts_->networks.front()->server_time();
}

const std::vector<std::string>& sweep_world::audit() const {
    return parts_->audit.lines;
}

} // namespace test_support
