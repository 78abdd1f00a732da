// What a reload costs that maps 2,000 organizations to other companies in the middle of a sweep: the real daemon over
// HTTPS, sweeps without a reload beside sweeps with one, in one run. A sweep has to end with the companies that it
// began with, and the next one to begin with the others.

#include "tests/support/process.hpp"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <span>
#include <sstream>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace {

using namespace std::chrono_literals;
using clock_type = std::chrono::steady_clock;

constexpr std::size_t mapped = 2'000;
constexpr int rounds = 4;

double seconds_since(clock_type::time_point begun) {
    return std::chrono::duration<double>(clock_type::now() - begun).count();
}

/// What one sweep came to, by its audit lines.
struct finished_sweep {
    std::set<std::int64_t> companies;
    double seconds = 0;
};

/// Reads on in the audit log.
class audit_reader {
public:
    explicit audit_reader(std::string file) : file_(std::move(file)) {}

    finished_sweep next() {
        finished_sweep made;
        bool done = false;
        const auto look = [&] {
            std::ifstream in(file_);
            in.seekg(static_cast<std::streamoff>(at_));
            for (std::string line; !done && std::getline(in, line) && !in.eof();) {
                at_ += line.size() + 1;
                done = take(line, made);
            }
            return done;
        };
        if (!support::eventually(look, 300s))
            throw std::runtime_error("the sweep does not end");
        return made;
    }

private:
    static bool take(const std::string& line, finished_sweep& into) {
        const auto object = boost::json::parse(line).as_object();
        const auto& event = object.at("event").as_string();
        if (event == "company_finished")
            into.companies.insert(object.at("company_id").as_int64());
        if (event == "sweep_finished")
            into.seconds = object.at("seconds").to_number<double>();
        return event == "sweep_finished";
    }

    std::string file_;
    std::size_t at_ = 0;
};

std::vector<std::int64_t> all_companies(const std::string& config, const std::string& place) {
    const auto listed =
        support::process({CONTACTD, "--config", config, "companies", "list", "--unmapped"}, {}, place).wait(120s);
    std::vector<std::int64_t> ids;
    std::istringstream lines(listed.out);
    for (std::string word; lines >> word;)
        if (std::int64_t id = 0; word == "company" && lines >> id)
            ids.push_back(id);
    return ids;
}

void write_mapping(const std::string& file, std::span<const std::int64_t> companies) {
    std::ofstream out(file + ".new");
    for (std::size_t i = 0; i < companies.size(); ++i)
        out << "[[organization]]\nname = \"Client " << i << "\"\ninstance = \"sandbox\"\ncompany_id = " << companies[i]
            << "\ncompany = \"Some company of this client\"\ntags = [\"managed\", \"gold\"]\n"
            << (i % 4 == 0 ? "[organization.match]\nexclude_devices = [\"KIOSK-*\"]\n" : "") << '\n';
    out.close();
    std::filesystem::rename(file + ".new", file);
}

bool has(support::process& daemon, const std::string& words, std::size_t from) {
    return daemon.err_so_far().find(words, from) != std::string::npos;
}

double median(std::vector<double> values) {
    std::ranges::sort(values);
    return values[values.size() / 2];
}

} // namespace

int main() {
    const support::temporary_directory place;
    const auto config = place.path() + "/contactd.toml";
    const auto organizations = place.path() + "/organizations.toml";
    support::process sandbox({AUTOTASK_SANDBOX, "--dir", place.path(), "--companies", "4000", "--devices", "40000",
                              "--for", "900", "--switch", "request_threshold=1000000"},
                             {}, place.path());
    if (!support::eventually([&] { return std::filesystem::exists(config); }, 60s))
        throw std::runtime_error("autotask-sandbox does not start");
    auto ids = all_companies(config, place.path());
    if (ids.size() < 2 * mapped)
        throw std::runtime_error("there are too few companies");
    const std::vector<std::int64_t> halves[] = {
        {ids.begin(), ids.begin() + mapped},
        {ids.begin() + mapped, ids.begin() + 2 * mapped},
    };
    std::string text;
    {
        std::ostringstream read;
        read << std::ifstream(config).rdbuf();
        text = read.str();
    }
    text.replace(text.find("\"all\""), 5, "\"mapped\"");
    std::ofstream(config) << "[schedule]\nevery = \"1d\"\nfull_every = \"0s\"\n[policy]\ndry_run = true\n" << text;
    write_mapping(organizations, halves[0]);

    support::process daemon({CONTACTD, "--config", config, "run"}, {}, place.path());
    audit_reader audit(place.path() + "/audit.jsonl");
    audit.next(); // The first one learns how fast the server is.
    std::size_t in_use = 0;
    bool good = true;
    std::vector<double> without;
    std::vector<double> with;
    std::vector<double> held_up;
    const auto is_of = [&](const finished_sweep& one, std::size_t half) {
        return one.companies == std::set<std::int64_t>(halves[half].begin(), halves[half].end());
    };
    for (int round = 0; round < rounds; ++round) {
        daemon.send_signal(SIGUSR1);
        const auto quiet = audit.next();
        without.push_back(quiet.seconds);
        good = good && is_of(quiet, in_use);

        daemon.send_signal(SIGUSR1);
        std::this_thread::sleep_for(std::chrono::duration<double>(quiet.seconds / 3));
        write_mapping(organizations, halves[1 - in_use]);
        const auto said = daemon.err_so_far().size();
        const auto begun = clock_type::now();
        daemon.send_signal(SIGHUP);
        if (!support::eventually([&] { return has(daemon, "taken over when the sweep", said); }, 30s))
            throw std::runtime_error("the reload did not meet a sweep");
        held_up.push_back(seconds_since(begun));
        const auto disturbed = audit.next();
        with.push_back(disturbed.seconds);
        good = good && is_of(disturbed, in_use);
        in_use = 1 - in_use;
        if (!support::eventually([&] { return has(daemon, "the configuration was reloaded", said); }, 30s))
            throw std::runtime_error("the configuration is never taken over");
    }
    daemon.send_signal(SIGTERM);
    daemon.wait(60s);
    std::printf(
        "a sweep of %zu mapped companies: %.2f s; with a reload that maps %zu organizations to others in it: %.2f s, "
        "ratio %.3f (medians of %d)\n",
        mapped, median(without), mapped, median(with), median(with) / median(without), rounds);
    std::printf("from the signal to the line that it is read, checked and waits: %.0f ms\n", median(held_up) * 1000);
    std::printf("every sweep ended with the mapping it began with, and the next began with the other: %s\n",
                good ? "yes" : "NO");
    return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
