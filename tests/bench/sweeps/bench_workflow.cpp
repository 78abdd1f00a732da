// contactd against the workflow it replaces: company by company, one request after the other, one PATCH at a time. The
// workflow is given its due: it keeps its connection, reads whole pages, asks for nothing it does not need, compares
// before it writes, and does not prove its writes. Everything in one run, over real HTTPS, against the same data.

#include "autotask/https_transport.hpp"
#include "autotask/query.hpp"
#include "autotask/rows.hpp"
#include "autotask/spawn.hpp"
#include "autotask/url.hpp"
#include "core/text.hpp"
#include "tests/bench/sweeps/bench_world.hpp"
#include "tests/sandbox/model/world.hpp"

#include <boost/asio/io_context.hpp>
#include <cstdio>
#include <cstdlib>
#include <map>

namespace {

using bench::measured;

/// The workflow, as a program.
class workflow {
public:
    explicit workflow(const sandbox::sandbox_server& server)
        : network_(*autotask::https_transport::make(loop_.get_executor(), server.ca_file())),
          base_(*autotask::parse_base_url(server.base_url())) {
        const sandbox::credentials known;
        login_.username = known.username;
        login_.secret = autotask::secret(known.secret);
        login_.tracking_identifier = known.tracking_identifier;
    }

    void run() {
        const auto task = [this]() -> boost::asio::awaitable<void> {
            co_await sweep();
            loop_.stop();
        };
        autotask::spawn(loop_.get_executor(), task());
        loop_.run();
    }

private:
    boost::asio::awaitable<std::string> ask(autotask::http_method method, std::string path, std::string body) {
        autotask::http_request request;
        request.method = method;
        request.host = base_.host;
        request.port = base_.port;
        request.target = base_.path + "/V1.0/" + path;
        request.body = std::move(body);
        request.login = &login_;
        autotask::time_limit limit;
        auto answer = co_await network_->send(request, limit);
        if (!answer || answer->status != 200) {
            std::fprintf(stderr, "the workflow was refused\n");
            std::exit(EXIT_FAILURE);
        }
        co_return std::move(answer->body);
    }

    boost::asio::awaitable<void> sweep() {
        autotask::query customers;
        customers.fields = {"id", "companyName", "isActive"};
        customers.where.push_back(autotask::equals("companyType", std::int64_t{1}));
        customers.where.push_back(autotask::equals("isActive", true));
        std::optional<std::int64_t> after;
        while (true) {
            auto body = co_await ask(autotask::http_method::post, "Companies/query", page_body(customers, after));
            const auto page = autotask::read_companies(body, after);
            for (const auto& one : page->rows)
                co_await sweep_company(one.id.value);
            after = page->last_id;
            if (page->received < autotask::page_size)
                co_return;
        }
    }

    boost::asio::awaitable<void> sweep_company(std::int64_t company) {
        const autotask::wanted_rows address;
        autotask::query people;
        people.fields = {"id", "companyID", "isActive", "emailAddress"};
        people.where.push_back(autotask::equals("companyID", company));
        people.where.push_back(autotask::equals("isActive", std::int64_t{1}));
        std::map<std::string, std::vector<core::contact_id>> by_name;
        std::optional<std::int64_t> after;
        for (bool more = true; more;) {
            auto body = co_await ask(autotask::http_method::post, "Contacts/query", page_body(people, after));
            const auto page = autotask::read_contacts(body, after, address);
            for (const auto& one : page->rows)
                if (!one.addresses.front().empty())
                    by_name[lower(one.addresses.front().substr(0, one.addresses.front().find('@')))].push_back(one.id);
            after = page->last_id;
            more = page->received == autotask::page_size;
        }
        autotask::query items;
        items.fields = {"id", "companyID", "contactID", "isActive", "rmmDeviceAuditLastUser"};
        items.where.push_back(autotask::equals("companyID", company));
        items.where.push_back(autotask::equals("isActive", true));
        items.where.push_back(autotask::exists("rmmDeviceAuditLastUser"));
        after.reset();
        for (bool more = true; more;) {
            auto body = co_await ask(autotask::http_method::post, "ConfigurationItems/query", page_body(items, after));
            const auto page = autotask::read_devices(body, after);
            for (const auto& one : page->rows) {
                const auto found = by_name.find(lower(one.last_user.substr(one.last_user.rfind('\\') + 1)));
                if (found == by_name.end() || found->second.size() != 1 || one.contact == found->second.front())
                    continue;
                auto change = "{\"id\":" + std::to_string(one.id.value) +
                              ",\"contactID\":" + std::to_string(found->second.front().value) + "}";
                co_await ask(autotask::http_method::patch, "ConfigurationItems", std::move(change));
            }
            after = page->last_id;
            more = page->received == autotask::page_size;
        }
    }

    static std::string lower(std::string text) {
        for (char& c : text)
            c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        return text;
    }

    boost::asio::io_context loop_{1};
    std::unique_ptr<autotask::https_transport> network_;
    autotask::base_url base_;
    autotask::credentials login_;
};

void show(const char* what, const measured& one) {
    std::printf("%-52s %6lld requests (%lld PATCH, %lld refused), %8.2f s\n", what,
                static_cast<long long>(one.requests), static_cast<long long>(one.patches),
                static_cast<long long>(one.refusals), one.seconds);
}

void compare(const char* what, const measured& theirs, const measured& ours) {
    std::printf("    %s%.1f times fewer requests, %.1f times faster\n", what,
                static_cast<double>(theirs.requests) / static_cast<double>(ours.requests),
                theirs.seconds / ours.seconds);
}

} // namespace

int main(int argc, char** argv) {
    const auto number = [&](int at, long otherwise) {
        return argc > at ? std::strtol(argv[at], nullptr, 10) : otherwise;
    };
    const auto companies = static_cast<std::size_t>(number(1, 400));
    const auto devices = static_cast<std::size_t>(number(2, 20'000));
    const std::chrono::milliseconds latency{number(3, 30)};
    const std::chrono::milliseconds late{number(4, 50)};
    bench::bench_world world(companies, devices, latency, late);
    std::printf("%zu companies, %zu devices, %ld ms latency, threads free %ld ms late\n", companies, devices,
                static_cast<long>(latency.count()), static_cast<long>(late.count()));

    const auto first = world.sweep(true);
    show("the first day", first);
    const auto of_the_slots = [&world](const measured& one) {
        std::printf("  of what three slots allow (%lld requests to one entity, %.2f s): %.3f\n",
                    static_cast<long long>(one.busiest), world.allowed(one), one.seconds / world.allowed(one));
    };
    of_the_slots(first);
    world.forget_rows();
    const auto second = world.sweep(false);
    show("a full sweep of the daemon, nothing to write", second);
    of_the_slots(second);

    world.let_people_move(20, first.report);
    workflow replaced(world.server());
    const auto theirs = world.count([&] { replaced.run(); });
    show("an ordinary day: the workflow", theirs);
    // Twenty people move before every sweep, and five contacts are edited. The first few read everything: they see what
    // the dates are worth.
    const auto ordinary_day = [&](bool rmm_leaves_dates) {
        world.rmm_leaves_dates(rmm_leaves_dates);
        measured one = world.sweep(true);
        for (int i = 0; i < 8; ++i) {
            world.an_hour_passes();
            world.let_people_move(20, first.report);
            world.let_contacts_change(5);
            one = world.sweep(false);
            const auto& how = one.report.instances.front();
            if (how.contacts_in_part && how.devices_in_part == rmm_leaves_dates)
                return one;
        }
        std::fprintf(stderr, "no sweep was in part\n");
        std::exit(EXIT_FAILURE);
    };
    const auto in_part = ordinary_day(true);
    show("  a sweep of the daemon, where the RMM leaves dates", in_part);
    compare("", theirs, in_part);
    const auto devices_in_full = ordinary_day(false);
    show("  a sweep of the daemon, where it leaves none", devices_in_full);
    compare("", theirs, devices_in_full);
    world.let_people_move(20, first.report);
    const auto full = world.sweep(true);
    show("  the first sweep after a start", full);
    compare("", theirs, full);
    return EXIT_SUCCESS;
}
