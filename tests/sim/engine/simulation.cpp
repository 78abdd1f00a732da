#include "tests/sim/engine/simulation.hpp"

#include "tests/sandbox/model/world.hpp"
#include "tests/sim/engine/judge.hpp"
#include "tests/sim/engine/machine.hpp"
#include "tests/sim/engine/trouble.hpp"
#include "tests/support/model_instances.hpp"
#include "tests/support/office.hpp"
#include "tests/support/process.hpp"
#include "tests/support/sweep_world.hpp"

#include <fmt/format.h>
#include <optional>
#include <stdexcept>
#include <utility>

namespace simulation {

namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

/// So long nobody is spared.
constexpr auto turmoil = 5h;
/// However bad it was, a sweep ends within so long: the window of the allowance has drained twice by then.
constexpr auto longest_sweep = 4h;
/// Most sweeps of this little world take fewer steps.
constexpr std::uint64_t steps_of_a_sweep = 200;

std::unique_ptr<sandbox::autotask> make_model(std::uint64_t seed) {
    sandbox::world_options options;
    options.data = {seed, 4, 60};
    auto model = sandbox::make_world(options);
    test_support::place_on_network(*model);
    return model;
}

class run {
public:
    explicit run(std::uint64_t seed)
        : seed_(seed), dice_(seed), policy_(made_policy()), model_(make_model(seed)), judge_(*model_, time_, policy_),
          machine_({time_, *model_, server_.get_executor(), seed ^ 0x5eed, place_.path()}),
          people_(seed, {model_.get()}, [this] { return server_time(); }), trouble_(*model_, machine_, time_, dice_) {
        model_->options().rmm_sync_touches_last_modified = dice_.per_mille(700);
        leaves_traces_ = dice_.per_mille(750);
        crashes_per_mille_ = dice_.below(600); // A process that lives for long remembers more.
        if (dice_.per_mille(300))
            model_->options().request_threshold = dice_.between(200, 800);
        judge_.set_ceiling(model_->options().request_threshold / 2);
        machine_.configure(config());
        machine_.on_audit_line = [this](std::string_view line) { heard(line); };
        machine_.on_log_line = [this](const std::string& line) {
            note("log: " + line);
            judge_.log_line(line);
        };
        machine_.on_network = [this](test_support::model_transport& network) { join(network); };
        trouble_.on_other_requests = [this](std::int64_t requests) { judge_.others_ask(requests); };
        trouble_.on_event = [this](const std::string& what) { note(what); };
    }

    ~run() { time_.forget(server_.get_executor()); } // Whoever still sleeps there has to go before the loop does.
    run(const run&) = delete;
    run& operator=(const run&) = delete;

    verdict to_its_end() {
        machine_.start();
        autotask::spawn(server_.get_executor(), keep_people_busy());
        autotask::spawn(server_.get_executor(), keep_trouble_coming());
        run_for(turmoil);
        calm_ = true;
        make_good();
        expect_peace();
        result_.seed = seed_;
        result_.sweeps = judge_.sweeps_begun();
        result_.writes = judge_.writes();
        result_.wrong = judge_.wrong();
        return std::move(result_);
    }

private:
    core::policy made_policy() {
        core::policy made;
        made.brake_percent = 100;
        made.write = dice_.per_mille(250) ? core::write_policy::fill_empty : core::write_policy::reassign;
        return made;
    }

    std::string config() const {
        const bool fills = policy_.write == core::write_policy::fill_empty;
        return fmt::format("[schedule]\nevery = \"10m\"\njitter = \"1m\"\n"
                           "[policy]\nbrake_percent = 100\nwrite = \"{}\"\n{}",
                           fills ? "fill-empty" : "reassign", test_support::one_instance);
    }

    sandbox::time_point server_time() const { return sandbox::time_point{time_.true_time().time_since_epoch()}; }

    void note(const std::string& what) {
        result_.diary.push_back(fmt::format("{:>9} ms: {}", time_.elapsed().count(), what));
    }

    void join(test_support::model_transport& network) {
        network.on_send = [this, &network](const autotask::http_request& request) {
            const auto entity = test_support::entity_of(request);
            judge_.sending(entity, network.in_flight(entity));
            network.tag = judge_.sweep();
            if (request.method == autotask::http_method::patch && !calm_ && dice_.per_mille(crashes_per_mille_ / 10))
                dies_in_ = 1 + dice_.below(8); // Around a write it matters most.
        };
        network.on_stored = [this](const test_support::stored_contact& what) {
            note(fmt::format("the server stores contact {} of device {}", what.contact, what.device));
            judge_.stored(what);
        };
        trouble_.join(network);
    }

    void heard(std::string_view line) {
        note("audit: " + std::string(line));
        const auto begun = judge_.sweeps_begun();
        judge_.audit_line(line);
        if (judge_.sweeps_begun() > begun && !calm_)
            disturb_the_sweep();
    }

    /// A sweep takes seconds, so that what happens at any time would rarely happen in its middle.
    void disturb_the_sweep() {
        if (dice_.per_mille(crashes_per_mille_))
            dies_in_ = 1 + dice_.below(steps_of_a_sweep);
        for (auto events = dice_.below(4); events > 0; --events)
            in(std::chrono::milliseconds(dice_.below(6000)), [this] { something_happens(); });
    }

    void something_happens() {
        if (calm_)
            return;
        switch (dice_.below(4)) {
        case 0:
            people_.people_move(3);
            break;
        case 1:
            model_->options().edit_touches_last_modified = leaves_traces_ || dice_.per_mille(500);
            people_.something_happens();
            break;
        case 2:
            people_.somebody_sets_a_contact();
            break;
        default:
            trouble_.begin_some();
            break;
        }
        judge_.look();
    }

    asio::awaitable<void> keep_people_busy() {
        autotask::stop_signal never;
        while (!calm_) {
            co_await time_.sleep_for(std::chrono::seconds(dice_.below(300)), never);
            if (calm_)
                co_return;
            people_.people_move(static_cast<int>(dice_.below(4)));
            people_.something_happens();
            judge_.look();
        }
    }

    asio::awaitable<void> keep_trouble_coming() {
        autotask::stop_signal never;
        while (!calm_) {
            co_await time_.sleep_for(std::chrono::seconds(dice_.below(600)), never);
            if (!calm_)
                trouble_.begin_some();
            judge_.look();
        }
    }

    /// Calls this so long from now, unless it is over by then.
    void in(std::chrono::milliseconds rest, std::function<void()> what) {
        const auto wait = [](run& mine, std::chrono::milliseconds time,
                             std::function<void()> act) -> asio::awaitable<void> {
            autotask::stop_signal never;
            co_await mine.time_.sleep_for(time, never);
            act();
        };
        autotask::spawn(server_.get_executor(), wait(*this, rest, std::move(what)));
    }

    void run_for(std::chrono::milliseconds rest) {
        bool over = false;
        in(rest, [&over] { over = true; });
        while (!over)
            step();
    }

    void step() {
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
    }

    void crash() {
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

    void start_again() {
        note("contactd does not run");
        in(std::chrono::seconds(dice_.below(dice_.per_mille(400) ? 3 : 90)), [this] {
            if (!machine_.running() && !finished_)
                machine_.start();
        });
    }

    /// The faults stop, and the operator tells contactd, as docs say, that what it left alone for them is mended.
    void make_good() {
        note("the faults stop");
        trouble_.end_all();
        run_for(2min);
        dies_in_ = 0;
        if (!machine_.running())
            machine_.start();
        if (dice_.per_mille(300) || !leaves_traces_) { // What left no trace is found when everything is read.
            machine_.kill();
            machine_.start();
        } else {
            machine_.reload();
        }
    }

    void sweep_once() {
        const auto begun = judge_.sweeps_begun();
        const auto latest = time_.elapsed() + longest_sweep;
        machine_.sweep_now();
        while (judge_.sweeps_begun() == begun || !judge_.last_sweep_has_ended()) {
            step();
            if (time_.elapsed() > latest)
                return judge_.blame("a sweep does not end");
        }
        note("a sweep has ended");
    }

    void expect_peace() {
        sweep_once();
        sweep_once();
        judge_.expect_settled();
        const auto written = judge_.writes();
        sweep_once();
        if (judge_.writes() != written)
            judge_.blame("a third sweep still writes");
        judge_.expect_welcome();
        machine_.terminate();
        while (machine_.running())
            step();
        finished_ = true;
        judge_.read_audit(support::read_file(machine_.audit_path()));
        judge_.read_journal(machine_.journal_path());
    }

    std::uint64_t seed_;
    sandbox::random_source dice_;
    core::policy policy_;
    support::temporary_directory place_{support::memory_disk()};
    std::unique_ptr<sandbox::autotask> model_;
    test_support::virtual_clock time_;
    judge judge_;
    asio::io_context server_{1};
    machine machine_;
    test_support::office people_;
    trouble trouble_;
    verdict result_;
    std::uint64_t dies_in_ = 0;           ///< Steps; 0 is not at all.
    std::uint64_t crashes_per_mille_ = 0; ///< Of the sweeps that begin.
    bool leaves_traces_ = true;           ///< Edits, in their date of modification.
    bool calm_ = false;
    bool finished_ = false;
};

} // namespace

verdict simulate(std::uint64_t seed) {
    return run(seed).to_its_end();
}

} // namespace simulation
