// How many requests a sweep costs, against the fewest that could do: full pages, one PATCH a change, full read-backs.
// Everything is counted by the server, in one run, over real HTTPS.

#include "autotask/https_transport.hpp"
#include "autotask/query.hpp"
#include "autotask/spawn.hpp"
#include "daemon/audit/audit_recorder.hpp"
#include "daemon/commands/one_shot.hpp"
#include "daemon/config/config_file.hpp"
#include "daemon/report/sweep_report.hpp"
#include "daemon/sweep/sinks.hpp"
#include "tests/sandbox/model/admin.hpp"
#include "tests/sandbox/model/world.hpp"
#include "tests/sandbox/server/sandbox_server.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <cstdio>
#include <cstdlib>
#include <string>

namespace {

/// An audit log for a program that only counts.
class nowhere final : public contactd::audit_sink {
public:
    std::expected<void, std::string> append(std::string_view) override { return {}; }
    std::expected<void, std::string> sync() override { return {}; }
};

struct outcome {
    contactd::sweep_report report;
    std::int64_t requests = 0;
    std::int64_t patches = 0;
    std::int64_t refusals = 0; ///< 429 for one request too many at a time.
};

std::string config_text(const sandbox::sandbox_server& server) {
    const sandbox::credentials login;
    return "[policy]\nbrake_percent = 100\n[match]\ndevice_types = [\"*\"]\n[[instance]]\nname = \"bench\"\nusername = "
           "\"" +
           login.username + "\"\ntracking_identifier = \"" + login.tracking_identifier +
           "\"\nsecret = \"env:SECRET\"\nzone_discovery_url = \"" + server.base_url() + "\"\nca_file = \"" +
           server.ca_file() + "\"\ncompanies = \"all\"\n";
}

outcome sweep(sandbox::sandbox_server& server) {
    server.with_model([](sandbox::autotask& world) { world.reset_counters(); });
    boost::asio::io_context loop{1};
    const auto variables = contactd::fixed_environment({{"SECRET", sandbox::credentials{}.secret}});
    const auto config = contactd::read_config_text(config_text(server), "bench", variables);
    contactd::log messages(contactd::log::style::command, "error");
    auto instances = contactd::make_instances(config->settings, {}, loop.get_executor(), variables, messages);

    outcome result;
    autotask::real_clock time;
    autotask::stop_signal stop;
    nowhere sink;
    contactd::skip_memory skips;
    contactd::audit_recorder recorder(sink, time, "bench", skips, [](const std::string&) {});
    contactd::listeners all;
    all.add(recorder);
    all.add(result.report);
    const contactd::selection everything;
    contactd::selection_found found;
    core::allowance unlimited(std::nullopt);
    contactd::sweep_context context{loop.get_executor(), time,  stop,      all,
                                    everything,          found, unlimited, contactd::make_dice()};
    std::vector<contactd::instance*> chosen{instances->front().get()};
    const auto make_sink = [&](const contactd::instance& one) {
        return contactd::writing_sink(one, false, loop.get_executor(), stop, recorder);
    };
    const auto task = [&]() -> boost::asio::awaitable<void> {
        co_await contactd::sweep(context, chosen, make_sink);
        loop.stop();
    };
    autotask::spawn(loop.get_executor(), task());
    loop.run();

    server.with_model([&result](sandbox::autotask& world) {
        result.requests = world.counts().requests;
        result.refusals = world.counts().thread_limit_refusals;
        const auto patches = world.counts().by_operation.find("patch");
        result.patches = patches == world.counts().by_operation.end() ? 0 : patches->second;
    });
    return result;
}

std::int64_t pages(std::int64_t rows) {
    return (rows + static_cast<std::int64_t>(autotask::page_size) - 1) / static_cast<std::int64_t>(autotask::page_size);
}

/// How many rows the server would return for the filter of a sweep.
std::int64_t rows_of(sandbox::sandbox_server& server, const char* path, const char* filter) {
    const sandbox::credentials login;
    sandbox::http_request request;
    request.method = "POST";
    request.target = std::string("/ATServicesRest/V1.0/") + path + "/query/count";
    request.headers.add("ApiIntegrationCode", login.tracking_identifier);
    request.headers.add("UserName", login.username);
    request.headers.add("Secret", login.secret);
    request.headers.add("Content-Type", "application/json");
    request.body = std::string("{\"Filter\":[") + filter + "]}";
    const auto reply = server.with_model(
        [&request](sandbox::autotask& world) { return world.serve(request, std::chrono::system_clock::now()); });
    return boost::json::parse(reply.body).at("queryCount").to_number<std::int64_t>();
}

void show(const char* what, const outcome& measured, std::int64_t lower_bound) {
    std::printf(
        "%s: %lld requests (%lld PATCH, %lld refused for want of a thread), lower bound %lld: ratio %.3f, %.2f s\n",
        what, static_cast<long long>(measured.requests), static_cast<long long>(measured.patches),
        static_cast<long long>(measured.refusals), static_cast<long long>(lower_bound),
        static_cast<double>(measured.requests) / static_cast<double>(lower_bound),
        static_cast<double>(measured.report.time.count()) / 1000);
}

/// Twenty people change their seats: the last user of a device becomes that of another one of the company.
void let_an_ordinary_day_pass(sandbox::sandbox_server& server, const contactd::sweep_report& first) {
    server.with_model([&first](sandbox::autotask& world) {
        std::size_t changed = 0;
        for (std::size_t i = 1; i < first.changes.size() && changed < 20; ++i) {
            const auto& one = first.changes[i - 1];
            const auto& other = first.changes[i];
            if (one.company_id != other.company_id || one.last_user == other.last_user)
                continue;
            sandbox::rmm_sync(world.tenant(), world.options(), one.device_id.value, other.last_user,
                              std::chrono::system_clock::now());
            ++changed;
        }
    });
}

} // namespace

int main(int argc, char** argv) {
    sandbox::world_options options;
    options.data.companies = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 400;
    options.data.devices = argc > 2 ? std::strtoul(argv[2], nullptr, 10) : 20'000;
    auto world = sandbox::make_world(options);
    // What the real service is seen to do: a thread counts for a moment after its answer.
    world->options().slot_release_delay = std::chrono::milliseconds{argc > 3 ? std::strtol(argv[3], nullptr, 10) : 50};
    sandbox::sandbox_server server(std::move(world));

    constexpr auto any = R"({"op":"eq","field":"isActive","value":true})";
    const auto devices = rows_of(server, "ConfigurationItems", R"({"op":"exist","field":"rmmDeviceAuditLastUser"},
        {"op":"eq","field":"isActive","value":true})");
    const auto contacts = rows_of(server, "Contacts", R"({"op":"eq","field":"isActive","value":1},
        {"op":"exist","field":"emailAddress"})");
    const auto companies = rows_of(server, "Companies", any);
    auto first = sweep(server);
    first.report.sort();
    // Rows of companies that are no customers are not read, so the bound is of the rows the sweep reported.
    const auto read_devices = first.report.total.devices;
    std::printf("%zu customers among %lld companies; %lld of %lld devices with a last user read, %lld contacts with an "
                "address\n",
                options.data.companies, static_cast<long long>(companies), static_cast<long long>(read_devices),
                static_cast<long long>(devices), static_cast<long long>(contacts));
    const auto bound = [&](const outcome& measured) {
        return pages(static_cast<std::int64_t>(options.data.companies)) + pages(read_devices) + pages(contacts) +
               measured.patches + pages(measured.patches);
    };
    show("first sweep", first, bound(first));
    const auto second = sweep(server);
    show("second sweep, nothing changed", second, bound(second));
    let_an_ordinary_day_pass(server, first.report);
    const auto ordinary = sweep(server);
    show("an ordinary day", ordinary, bound(ordinary));
    const bool good = second.patches == 0;
    std::printf("second sweep writes %s\n", good ? "nothing" : "SOMETHING");
    return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
