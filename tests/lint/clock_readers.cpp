#include "tests/lint/rules.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>

namespace lint {

namespace {

using namespace std::string_view_literals;

/// The clock itself, and what is below the seam to the network: it waits for real sockets, and for the system's lookup
/// of a name in a thread.
constexpr std::array read_clock{"autotask/real_clock.cpp"sv,      "autotask/https_connection.cpp"sv,
                                "autotask/https_transport.cpp"sv, "autotask/idle_connections.cpp"sv,
                                "autotask/name_lookup.cpp"sv,     "autotask/phase.cpp"sv};

/// Where it is declared and defined, and the commands that hand it to everything else.
constexpr std::array have_clock{"autotask/clock.hpp"sv,           "autotask/real_clock.cpp"sv,
                                "daemon/commands/one_shot.hpp"sv, "daemon/commands/run.cpp"sv,
                                "daemon/commands/audit.cpp"sv,    "daemon/commands/orders/open_orders.cpp"sv};

/// Where the dice are made that everything else is given.
constexpr std::array draw_chance{"daemon/commands/one_shot.cpp"sv};

constexpr auto exceptions = [] {
    std::array<std::string_view, read_clock.size() + have_clock.size() + draw_chance.size()> files;
    auto end = std::ranges::copy(read_clock, files.begin()).out;
    end = std::ranges::copy(have_clock, end).out;
    std::ranges::copy(draw_chance, end);
    return files;
}();

/// Tests of whole sweeps, and everything that they link besides what ships: a day of it must take no time, and come to
/// the same whenever it runs.
constexpr std::array in_virtual_time{"tests/sim/"sv,
                                     "tests/sandbox/model/"sv,
                                     "tests/sandbox/control/"sv,
                                     "tests/support/model_instances."sv,
                                     "tests/support/model_transport."sv,
                                     "tests/support/office."sv,
                                     "tests/support/scripted_transport."sv,
                                     "tests/support/sweep_world."sv,
                                     "tests/support/virtual_clock."sv};

/// How long it runs is a matter of real time.
constexpr auto soak = "tests/sim/soak/"sv;

constexpr std::array clock_functions{"clock_gettime"sv, "gettimeofday"sv, "timespec_get"sv, "ftime"sv};
constexpr std::array chance_functions{"random_device"sv, "getrandom"sv, "getentropy"sv, "arc4random"sv};
constexpr std::array sleep_functions{"usleep"sv, "nanosleep"sv, "clock_nanosleep"sv};

/// The lexeme at an index, and an empty one outside.
class view_of {
public:
    view_of(const std::vector<lexeme>& all, std::size_t at) : all_(all), at_(at) {}

    bool is(std::ptrdiff_t offset, std::string_view expected) const {
        const auto index = static_cast<std::ptrdiff_t>(at_) + offset;
        return index >= 0 && index < std::ssize(all_) && all_[static_cast<std::size_t>(index)].is(expected);
    }

    template <std::size_t Size>
    bool is_one_of(const std::array<std::string_view, Size>& words) const {
        return std::ranges::any_of(words, [this](std::string_view one) { return is(0, one); });
    }

private:
    const std::vector<lexeme>& all_;
    std::size_t at_;
};

/// steady_clock::now(), or whatever the clock is called here; but no definition of a member of this name.
bool asks_clock(const view_of& here) {
    return here.is(0, "now") && here.is(-1, "::") && !(here.is(1, "(") && here.is(2, ")") && here.is(3, "const"));
}

/// The function of C, told from variables and members of this name by what it is given.
bool calls_time(const view_of& here) {
    return here.is(0, "time") && here.is(1, "(") && !here.is(-1, ".") && !here.is(-1, "->") &&
           (here.is(2, "nullptr") || here.is(2, "NULL") || here.is(2, "0") || here.is(2, "&"));
}

bool sleeps(const view_of& here) {
    const bool of_thread = here.is(-1, "::") && here.is(-2, "this_thread");
    const bool of_posix = here.is(0, "sleep") && here.is(1, "(") && !here.is(-1, ".") && !here.is(-1, "->");
    return (of_thread && (here.is(0, "sleep_for") || here.is(0, "sleep_until"))) || of_posix ||
           here.is_one_of(sleep_functions);
}

template <std::size_t Files>
bool may(const source_file& file, const std::array<std::string_view, Files>& files) {
    return std::ranges::find(files, file.path) != files.end();
}

/// A sentence if a file must not say this.
std::string_view objection(const source_file& file, const view_of& here) {
    if ((asks_clock(here) || calls_time(here) || here.is_one_of(clock_functions)) && !may(file, read_clock))
        return "reads the machine's clock: take an autotask::clock, or in core/ the time itself";
    if (here.is(0, "expires_after") && file.path != "autotask/real_clock.cpp")
        return "waits in real time: call sleep_for() of an autotask::clock";
    if (here.is(0, "real_clock") && !may(file, have_clock))
        return "has a clock of its own: take an autotask::clock";
    if (here.is_one_of(chance_functions) && !may(file, draw_chance))
        return "draws chance from the machine: take a function that returns it";
    if (sleeps(here))
        return "stops the thread that everything runs on: call sleep_for() of an autotask::clock";
    return "";
}

std::vector<finding> check_clocks(const source_file& file) {
    const auto is_below = [&file](std::string_view place) { return file.is_in(place); };
    const bool in_real_time = is_below(soak) || std::ranges::none_of(in_virtual_time, is_below);
    if (!file.ships() && in_real_time)
        return {};
    std::vector<finding> found;
    for (std::size_t i = 0; i < file.lexemes.size(); ++i) {
        const auto sentence = objection(file, view_of(file.lexemes, i));
        if (!sentence.empty())
            found.push_back({std::string(file.path), file.lexemes[i].line,
                             std::string(file.lexemes[i].text) + " " + std::string(sentence)});
    }
    return found;
}

} // namespace

constinit const rule clock_readers{check_clocks, exceptions};

} // namespace lint
