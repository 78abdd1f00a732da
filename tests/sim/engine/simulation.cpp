#include "tests/sim/engine/simulation.hpp"

#include "tests/sim/engine/mandate_text.hpp"
#include "tests/sim/engine/run.hpp"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <fmt/format.h>
#include <stdexcept>
#include <utility>

namespace simulation {

using namespace std::chrono_literals;

namespace {

/// So long nobody is spared.
constexpr auto turmoil = 5h;

} // namespace

run::run(std::uint64_t seed)
    : seed_(seed), dice_(seed),
      machine_({time_, [this](const std::string& name) -> sandbox::autotask& { return *site_of(name).model; },
                server_.get_executor(), seed ^ 0x5eed, place_.path()}),
      host_trouble_(machine_, time_, dice_), on_time_(time_) {
    make_sites();
    crashes_per_mille_ = dice_.below(600); // A process that lives for long remembers more.
    listen();
    save(*administrator_->wants());
    result_.instances = static_cast<std::int64_t>(saved_->instances.size());
    for (const auto& one : saved_->instances)
        if (sites_[one.site]->is_spared)
            on_time_.expect_short(one.name);
}

run::~run() {
    time_.forget(server_.get_executor()); // Whoever still sleeps there has to go before the loop does.
}

void run::make_sites() {
    const auto draw = dice_.below(10);
    const std::size_t count = draw < 4 ? 1 : draw < 8 ? 2 : 3;
    const auto companies = static_cast<std::size_t>(dice_.between(3, 7));
    const std::size_t devices = 60 / count + companies * 2;
    std::vector<sandbox::autotask*> models;
    for (std::size_t i = 0; i < count; ++i) {
        auto model = make_site_model(seed_, i, companies, devices);
        models.push_back(model.get());
        sites_.push_back(std::make_unique<site>(std::move(model), i, seed_ + i, machine_, time_, dice_));
    }
    if (count > 1 && dice_.per_mille(500))
        sites_[dice_.below(count)]->is_spared = true;
    administrator_ = std::make_unique<administrator>(seed_ ^ 0xad, std::move(models));
    for (auto& one : sites_) {
        if (!one->is_spared && dice_.per_mille(300))
            one->model->options().request_threshold = dice_.between(200, 800);
        one->watch.set_ceiling(one->model->options().request_threshold / 2);
    }
}

void run::listen() {
    machine_.on_audit_line = [this](std::string_view line) { heard(line); };
    machine_.on_lost_line = [this](std::string_view line) { heard_of_a_lost(line); };
    machine_.on_log_line = [this](const std::string& line) { logged(line); };
    machine_.on_network = [this](const attached_network& fresh) { join(fresh); };
    machine_.on_loaded = [this] { taken_over(); };
    for (auto& one : sites_) {
        one->faults.on_other_requests = [&one](std::int64_t requests) { one->watch.others_ask(requests); };
        one->faults.on_event([this](const std::string& what) { note(what); });
    }
    host_trouble_.on_event([this](const std::string& what) { note(what); });
    host_trouble_.on_clock = [this] { on_time_.clock_changed(); };
    host_trouble_.on_terminate = [this] { on_time_.ended(); };
}

verdict run::to_its_end() {
    start();
    for (auto& one : sites_)
        autotask::spawn(server_.get_executor(), keep_people_busy(*one));
    autotask::spawn(server_.get_executor(), keep_trouble_coming());
    autotask::spawn(server_.get_executor(), keep_the_administrator_busy());
    run_for(turmoil);
    calm_ = true;
    make_good();
    expect_peace();
    add_up();
    return std::move(result_);
}

void run::add_up() {
    result_.seed = seed_;
    result_.writes = writes();
    for (const auto& one : sites_) {
        result_.sweeps += one->watch.sweeps_begun();
        result_.writes_of_clients += one->watch.writes_of_clients();
        result_.wrong.insert(result_.wrong.end(), one->watch.wrong().begin(), one->watch.wrong().end());
    }
}

std::int64_t run::writes() const {
    std::int64_t sum = 0;
    for (const auto& one : sites_)
        sum += one->watch.writes();
    return sum;
}

void run::note(const std::string& what) {
    result_.diary.push_back(fmt::format("{:>9} ms: {}", time_.elapsed().count(), what));
}

site& run::site_of(std::string_view instance) {
    return *sites_[administrator_->site_of(instance)];
}

std::int64_t run::under_way(const site& there, const std::string& entity) const {
    std::int64_t sum = 0;
    for (const auto& one : machine_.networks())
        if (one.server == there.model.get())
            sum += one.network->in_flight(entity);
    return sum;
}

void run::join(const attached_network& fresh) {
    auto& there = site_of(fresh.instance);
    auto& network = *fresh.network;
    network.on_send = [this, &there, &network, name = fresh.instance](const autotask::http_request& request) {
        const auto entity = test_support::entity_of(request);
        there.watch.sending(entity, under_way(there, entity));
        network.tag = there.watch.sweep_of(name);
        if (request.method == autotask::http_method::patch && !calm_ && dice_.per_mille(crashes_per_mille_ / 10))
            dies_in_ = 1 + dice_.below(8); // Around a write it matters most.
    };
    network.on_stored = [this, &there, name = fresh.instance](const test_support::stored_contact& what) {
        note(fmt::format("the server of {} stores contact {} of device {}", name, what.contact, what.device));
        there.watch.stored(what);
    };
    there.faults.join(network);
}

void run::heard(std::string_view text) {
    note("audit: " + std::string(text));
    const auto line = boost::json::parse(text).as_object();
    const std::string instance(line.at("instance").as_string());
    auto& there = site_of(instance);
    there.watch.audit_line(line);
    if (line.at("event").as_string() != "sweep_started")
        return;
    on_time_.began(instance);
    if (!calm_)
        disturb_the_sweep(there);
}

void run::heard_of_a_lost(std::string_view text) {
    const auto line = boost::json::parse(text).as_object();
    if (line.at("event").as_string() == "sweep_started")
        on_time_.began(std::string(line.at("instance").as_string()));
}

void run::logged(const std::string& line) {
    note("log: " + line);
    on_time_.log_line(line);
    for (auto& one : sites_)
        one->watch.log_line(line);
}

std::vector<punctuality::subject> run::subjects() const {
    std::vector<punctuality::subject> all;
    for (const auto& one : taken_over_->instances)
        all.push_back({one.name, administrator_->shares_a_user() && one.site == 0});
    return all;
}

/// contactd has read the files.
void run::taken_over() {
    if (taken_over_ && taken_over_ != saved_)
        ++result_.changes;
    taken_over_ = saved_;
    for (auto& one : sites_)
        one->watch.take_over(taken_over_);
    if (starting_)
        on_time_.started(subjects());
    else
        on_time_.reloaded(subjects());
}

void run::in(std::chrono::milliseconds rest, std::function<void()> what) {
    const auto wait = [](run& mine, std::chrono::milliseconds time,
                         std::function<void()> act) -> boost::asio::awaitable<void> {
        autotask::stop_signal never;
        co_await mine.time_.sleep_for(time, never);
        act();
    };
    autotask::spawn(server_.get_executor(), wait(*this, rest, std::move(what)));
}

void run::run_for(std::chrono::milliseconds rest) {
    bool over = false;
    in(rest, [&over] { over = true; });
    while (!over)
        step();
}

void run::step() {
    const bool was_running = machine_.running();
    if (machine_.step()) {
        ++result_.steps;
        if (dies_in_ > 0 && --dies_in_ == 0)
            crash();
        return;
    }
    if (was_running && !machine_.running())
        start_again();
    server_.restart();
    if (server_.poll_one() > 0)
        return;
    if (!time_.advance())
        throw std::logic_error("nothing can ever happen again");
    be_on_time();
}

void run::be_on_time() {
    if (machine_.disk_is_slow)
        on_time_.disk_was_slow();
    for (const auto& sentence : on_time_.late())
        result_.wrong.push_back(fmt::format("{:>9} ms: {}", time_.elapsed().count(), sentence));
}

void run::start() {
    starting_ = true;
    machine_.start();
    starting_ = false;
}

void run::crash() {
    if (calm_)
        return;
    ++result_.crashes;
    const bool power = dice_.per_mille(300);
    note(power ? "the power is cut" : "contactd is killed");
    if (power)
        machine_.cut_power();
    else
        machine_.kill();
    start_again();
}

void run::start_again() {
    note("contactd does not run");
    on_time_.ended();
    in(std::chrono::seconds(dice_.below(dice_.per_mille(400) ? 3 : 90)), [this] {
        if (!machine_.running() && !finished_)
            start();
    });
}

verdict simulate(std::uint64_t seed) {
    return run(seed).to_its_end();
}

} // namespace simulation
