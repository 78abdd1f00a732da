// What `explain --offline` takes on the journal of a large provider, as a process and without it; and what the likely
// fixes of a company take that has 5,000 contacts and 2,000 devices that match nobody.

#include "core/contact_lookup.hpp"
#include "core/likely_fix.hpp"
#include "daemon/journal/device_history.hpp"
#include "tests/support/process.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <random>
#include <string>
#include <vector>

namespace {

using clock_type = std::chrono::steady_clock;

constexpr std::int64_t devices = 100'000;
constexpr std::int64_t writes = 300'000;
constexpr std::int64_t a_transaction = 2'000;
constexpr int rounds = 21;
constexpr std::int64_t contacts = 5'000;
constexpr std::int64_t unmatched = 2'000;

double milliseconds_since(clock_type::time_point begun) {
    return std::chrono::duration<double, std::milli>(clock_type::now() - begun).count();
}

void stop_if(bool failed, const std::string& why) {
    if (!failed)
        return;
    std::fprintf(stderr, "%s\n", why.c_str());
    std::exit(1);
}

contactd::device_outcome outcome(std::int64_t device, std::int64_t contact) {
    contactd::device_outcome one;
    one.instance = "main";
    one.company_id.value = device / 50;
    one.company = "Company " + std::to_string(device / 50);
    one.device_id.value = device;
    one.device = "PC-" + std::to_string(device);
    one.what = core::event::would_reassign;
    one.last_user = "COMPANY\\user" + std::to_string(contact);
    one.account = "user" + std::to_string(contact);
    one.rule = core::rule::local_part;
    one.contact_id = core::contact_id{contact};
    one.contact_email = one.account + "@company.example";
    one.contact_name = "First Last";
    one.previous_contact_id = core::contact_id{contact + 1};
    return one;
}

void fill(contactd::journal_store& store) {
    core::wall_time when{std::chrono::sys_days{std::chrono::year{2026} / 1 / 1}};
    std::vector<contactd::journal_entry> some;
    const auto record = [&] {
        const auto done = store.record(some);
        stop_if(!done, done ? "" : done.error());
        some.clear();
    };
    for (std::int64_t i = 0; i < devices; ++i) {
        auto one = outcome(i, i);
        one.what = core::event::in_sync;
        some.push_back(contactd::changed_decision{"20260101T000000.000Z-1a2b", when, std::move(one)});
        if (some.size() >= static_cast<std::size_t>(a_transaction))
            record();
    }
    for (std::int64_t i = 0; i < writes; ++i) {
        when += std::chrono::seconds(60);
        const contactd::write_id id{i + 1};
        some.push_back(contactd::intended_write{id, "20260101T000000.000Z-1a2b", when, outcome(i % devices, i)});
        some.push_back(contactd::settled_write{id, when, core::event::reassigned, std::nullopt, {}, false});
        if (some.size() >= static_cast<std::size_t>(a_transaction))
            record();
    }
    record();
}

double median(std::vector<double> all) {
    std::ranges::sort(all);
    return all[all.size() / 2];
}

void measure_process(const std::string& directory, const std::string& what) {
    std::vector<double> times;
    for (int i = 0; i < rounds; ++i) {
        const auto begun = clock_type::now();
        const auto ended =
            support::process({CONTACTD, "--config", directory + "/contactd.toml", "explain", what, "--offline"}, {},
                             directory)
                .wait();
        times.push_back(milliseconds_since(begun));
        stop_if(ended.status != 0, ended.err);
    }
    std::printf("contactd explain %-8s --offline   median %6.1f ms, longest %6.1f ms\n", what.c_str(), median(times),
                std::ranges::max(times));
}

void measure_queries(const std::string& directory) {
    std::vector<double> times;
    for (int i = 0; i < rounds; ++i) {
        const auto begun = clock_type::now();
        const auto store = contactd::journal_store::open_to_read(directory);
        stop_if(!store, store ? "" : store.error());
        const auto found = contactd::read_history(**store, "main", core::device_id{i * 4'000 + 7});
        stop_if(!found || found->writes.size() != 3, "the history is not what was written");
        times.push_back(milliseconds_since(begun));
    }
    std::printf("open the journal and read a history    median %6.2f ms, longest %6.2f ms\n", median(times),
                std::ranges::max(times));
}

void measure_fixes() {
    std::mt19937_64 engine(7);
    const auto made_name = [&engine](std::size_t letters) {
        std::string name;
        for (; letters > 0; --letters)
            name += static_cast<char>('a' + engine() % 26);
        return name;
    };
    std::vector<core::contact> all;
    for (std::int64_t id = 0; id < contacts; ++id) {
        core::contact who;
        who.id.value = id;
        who.first_name = made_name(6);
        who.last_name = made_name(8);
        who.active = id % 10 != 0;
        if (id % 7 != 0)
            who.addresses = {who.first_name + "." + who.last_name + "@company.example"};
        all.push_back(std::move(who));
    }
    std::vector<core::decision> decisions;
    for (std::int64_t i = 0; i < unmatched; ++i) {
        const auto& who = all[static_cast<std::size_t>(i * 2)];
        core::decision one;
        one.why = core::reason::no_match;
        one.who.authority = "COMPANY";
        one.who.name = i % 4 == 0   ? who.first_name.substr(0, 1) + who.last_name
                       : i % 4 == 1 ? who.first_name + "." + who.last_name.substr(1)
                       : i % 4 == 2 ? who.first_name + "." + who.last_name
                                    : made_name(9);
        decisions.push_back(std::move(one));
    }
    auto begun = clock_type::now();
    const core::fix_finder finder(core::company_id{1}, all);
    const auto index = milliseconds_since(begun);
    begun = clock_type::now();
    std::int64_t fixed = 0;
    for (const auto& one : decisions)
        fixed += finder.find(one).kind != core::fix_kind::add_contact ? 1 : 0;
    std::printf("likely fixes of %lld devices among %lld contacts: index %.1f ms, all of them %.1f ms; %lld have one\n",
                static_cast<long long>(unmatched), static_cast<long long>(contacts), index, milliseconds_since(begun),
                static_cast<long long>(fixed));
}

} // namespace

int main() {
    measure_fixes();
    const support::temporary_directory place;
    {
        auto opened = contactd::journal_store::open(place.path(), core::wall_time{});
        stop_if(!opened, opened ? "" : opened.error());
        const auto begun = clock_type::now();
        fill(*opened->store);
        std::printf("a journal of %lld devices and %lld writes, made in %.1f s\n", static_cast<long long>(devices),
                    static_cast<long long>(writes), milliseconds_since(begun) / 1000);
    }
    std::ofstream(place.path() + "/contactd.toml")
        << "[daemon]\nstate_dir = \"" << place.path() << "\"\naudit_log = \"" << place.path()
        << "/audit.jsonl\"\n[[instance]]\nname = \"main\"\nusername = \"u\"\ntracking_identifier = \"t\"\n"
           "secret = \"credential:main\"\ncompanies = \"all\"\n";
    measure_queries(place.path());
    measure_process(place.path(), "77777");
    measure_process(place.path(), "PC-77777");
}
