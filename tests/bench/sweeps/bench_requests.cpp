// How many requests a sweep that reads everything costs, against the fewest that could do: full pages, one PATCH a
// change, full read-backs. Everything is counted by the server, in one run, over real HTTPS.

#include "autotask/query.hpp"
#include "tests/bench/sweeps/bench_world.hpp"
#include "tests/sandbox/model/world.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <cstdio>
#include <cstdlib>
#include <string>

namespace {

using bench::measured;

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

void show(const char* what, const measured& one, std::int64_t lower_bound) {
    std::printf(
        "%s: %lld requests (%lld PATCH, %lld refused for want of a thread), lower bound %lld: ratio %.3f, %.2f s\n",
        what, static_cast<long long>(one.requests), static_cast<long long>(one.patches),
        static_cast<long long>(one.refusals), static_cast<long long>(lower_bound),
        static_cast<double>(one.requests) / static_cast<double>(lower_bound), one.seconds);
}

} // namespace

int main(int argc, char** argv) {
    const auto companies = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 400;
    const auto devices = argc > 2 ? std::strtoul(argv[2], nullptr, 10) : 20'000;
    // What the real service is seen to do: a thread counts for a moment after its answer.
    const std::chrono::milliseconds late{argc > 3 ? std::strtol(argv[3], nullptr, 10) : 50};
    bench::bench_world world(companies, devices, std::chrono::milliseconds{0}, late);
    auto& server = world.server();

    const auto with_user = rows_of(server, "ConfigurationItems", R"({"op":"exist","field":"rmmDeviceAuditLastUser"},
        {"op":"eq","field":"isActive","value":true})");
    const auto contacts = rows_of(server, "Contacts", R"({"op":"eq","field":"isActive","value":1},
        {"op":"exist","field":"emailAddress"})");
    const auto first = world.sweep(true);
    // Rows of companies that are no customers are not read, so the bound is of the rows the sweep reported.
    const auto read_devices = first.report.total.devices;
    std::printf("%lu customers; %lld of %lld devices with a last user read, %lld contacts with an address\n", companies,
                static_cast<long long>(read_devices), static_cast<long long>(with_user),
                static_cast<long long>(contacts));
    const auto bound = [&](const measured& one) {
        return pages(static_cast<std::int64_t>(companies)) + pages(read_devices) + pages(contacts) + one.patches +
               pages(one.patches);
    };
    show("first sweep", first, bound(first));
    const auto second = world.sweep(true);
    show("second sweep, nothing changed", second, bound(second));
    world.let_people_move(20, first.report);
    const auto ordinary = world.sweep(true);
    show("an ordinary day", ordinary, bound(ordinary));
    const bool good = second.patches == 0;
    std::printf("second sweep writes %s\n", good ? "nothing" : "SOMETHING");
    return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
