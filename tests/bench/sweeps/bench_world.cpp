#include "tests/bench/sweeps/bench_world.hpp"

#include "autotask/https_transport.hpp"
#include "autotask/spawn.hpp"
#include "daemon/commands/one_shot.hpp"
#include "daemon/config/config_file.hpp"
#include "daemon/journal/records.hpp"
#include "daemon/journal/sweep_recorder.hpp"
#include "daemon/sweep/sinks.hpp"
#include "tests/sandbox/model/admin.hpp"
#include "tests/sandbox/model/world.hpp"
#include "tests/support/process.hpp"

#include <algorithm>
#include <map>

namespace bench {

/// What lives from sweep to sweep.
struct bench_world::daemon {
    support::temporary_directory place;
    boost::asio::io_context loop{1};
    autotask::real_clock time;
    autotask::stop_signal stop;
    contactd::log messages{contactd::log::style::command, "error"};
    std::unique_ptr<contactd::records> kept;
    contactd::instance_list instances;
};

bench_world::bench_world(std::size_t companies, std::size_t devices, std::chrono::milliseconds latency,
                         std::chrono::milliseconds late_release)
    : slot_taken_(latency + late_release) {
    sandbox::world_options options;
    options.data.companies = companies;
    options.data.devices = devices;
    auto world = sandbox::make_world(options);
    world->options().latency = latency;
    world->options().slot_release_delay = late_release;
    server_ = std::make_unique<sandbox::sandbox_server>(std::move(world));
}

bench_world::~bench_world() = default;

std::string bench_world::config() const {
    const sandbox::credentials login;
    return "[policy]\nbrake_percent = 100\n[match]\ndevice_types = [\"*\"]\n[[instance]]\nname = \"bench\"\nusername = "
           "\"" +
           login.username + "\"\ntracking_identifier = \"" + login.tracking_identifier +
           "\"\nsecret = \"env:SECRET\"\nzone_discovery_url = \"" + server_->base_url() + "\"\nca_file = \"" +
           server_->ca_file() + "\"\ncompanies = \"all\"\n";
}

measured bench_world::sweep(bool afresh) {
    if (afresh || !daemon_) {
        daemon_ = std::make_unique<daemon>();
        const auto variables = contactd::fixed_environment({{"SECRET", sandbox::credentials{}.secret}});
        const auto read = contactd::read_config_text(config(), "bench", variables, contactd::no_other_files);
        daemon_->instances =
            *contactd::make_instances(read->settings, {}, daemon_->loop.get_executor(), variables, daemon_->messages);
        auto settings = read->settings.daemon;
        settings.state_dir.value = daemon_->place.path();
        settings.audit_log.value = daemon_->place.path() + "/audit.jsonl";
        daemon_->kept = std::move(
            contactd::records::open(settings, "bench", daemon_->loop.get_executor(), daemon_->time, daemon_->messages)
                .value());
        for (const auto& one : daemon_->instances)
            one->memory = std::make_unique<contactd::row_memory>(read->settings.schedule.full_every.value);
    }
    auto& in = *daemon_;
    contactd::sweep_report report;
    contactd::sweep_recorder recorder(
        {in.kept->audit(), in.kept->journal(), in.time, in.kept->decisions(), [](const std::string&) {}}, "bench");
    contactd::listeners all;
    all.add(recorder);
    all.add(report);
    const contactd::selection everything;
    contactd::selection_found found;
    core::allowance unlimited(std::nullopt);
    contactd::sweep_context context{
        in.loop.get_executor(), in.time,  in.stop, all, everything, found, unlimited, unlimited,
        contactd::make_dice(),  &recorder};
    std::vector<contactd::instance*> chosen{in.instances.front().get()};
    const auto make_sink = [&](const contactd::instance& one) {
        return contactd::writing_sink(one, false, in.loop.get_executor(), in.stop, recorder);
    };
    auto result = count([&] {
        const auto task = [&]() -> boost::asio::awaitable<void> {
            co_await contactd::sweep(context, chosen, make_sink);
            (void)co_await in.kept->journal().flush();
            in.loop.stop();
        };
        in.loop.restart();
        autotask::spawn(in.loop.get_executor(), task());
        in.loop.run();
    });
    report.sort();
    result.report = std::move(report);
    return result;
}

void bench_world::let_people_move(std::size_t people, const contactd::sweep_report& first) {
    server_->with_model([&](sandbox::autotask& world) {
        std::size_t changed = 0;
        for (auto i = moved_ + 1; i < first.changes.size() && changed < people; ++i) {
            const auto& one = first.changes[i - 1];
            const auto& other = first.changes[i];
            moved_ = i;
            if (one.company_id != other.company_id || one.last_user == other.last_user)
                continue;
            sandbox::rmm_sync(world.tenant(), world.options(), one.device_id.value, other.last_user,
                              std::chrono::system_clock::now());
            ++changed;
        }
    });
}

void bench_world::forget_rows() {
    for (const auto& one : daemon_->instances)
        one->memory = std::make_unique<contactd::row_memory>(one->memory->full_every);
}

double bench_world::allowed(const measured& one) const {
    return static_cast<double>(one.busiest) / 3 * std::chrono::duration<double>(slot_taken_).count();
}

void bench_world::let_contacts_change(std::size_t contacts) {
    server_->with_model([&](sandbox::autotask& world) {
        const auto& rows = world.tenant().rows(sandbox::entity::contacts).rows();
        for (std::size_t i = 0; i < contacts; ++i) {
            const auto id = rows[(edited_ * 97) % rows.size()].id();
            const auto name = "Edited" + std::to_string(++edited_);
            (void)sandbox::put_row(world.tenant(), sandbox::entity::contacts, {{"id", id}, {"lastName", name}},
                                   std::chrono::system_clock::now());
        }
    });
}

void bench_world::rmm_leaves_dates(bool leaves) {
    server_->with_model(
        [leaves](sandbox::autotask& world) { world.options().rmm_sync_touches_last_modified = leaves; });
}

void bench_world::an_hour_passes() {
    const auto age = [](sandbox::table& rows, const char* field) {
        const auto at = rows.shape().at(field);
        const auto then = std::chrono::duration_cast<std::chrono::milliseconds>(
            (std::chrono::system_clock::now() - std::chrono::hours{1}).time_since_epoch());
        std::vector<std::int64_t> ids;
        for (const auto& row : rows.rows())
            if (row.get(at).as_integer() > then.count())
                ids.push_back(row.id());
        for (const auto id : ids)
            rows.set(id, at, sandbox::value::integer(then.count()));
    };
    server_->with_model([&age](sandbox::autotask& world) {
        age(world.tenant().rows(sandbox::entity::configuration_items), "lastModifiedTime");
        age(world.tenant().rows(sandbox::entity::contacts), "lastModifiedDate");
    });
}

void bench_world::reset() {
    server_->with_model([](sandbox::autotask& world) { world.reset_counters(); });
}

measured bench_world::counted() {
    measured result;
    server_->with_model([&result](sandbox::autotask& world) {
        const auto& counts = world.counts();
        result.requests = counts.requests;
        result.refusals = counts.thread_limit_refusals;
        std::map<std::string, std::int64_t> by_entity;
        for (const auto& [endpoint, requests] : counts.by_endpoint)
            result.busiest = std::max(result.busiest, by_entity[endpoint.first] += requests);
        const auto patches = counts.by_operation.find("patch");
        result.patches = patches == counts.by_operation.end() ? 0 : patches->second;
        result.reads = result.requests - result.patches;
    });
    return result;
}

} // namespace bench
