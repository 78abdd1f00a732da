#include "tests/sandbox/server/sandbox_server.hpp"

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <system_error>

#include "tests/sandbox/server/files.hpp"

namespace sandbox {
namespace {

time_point now() {
    return std::chrono::system_clock::now();
}

std::string make_temporary_directory() {
    std::string name = (std::filesystem::temp_directory_path() / "autotask-sandbox-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr)
        throw std::system_error{errno, std::generic_category(), "cannot create " + name};
    return name;
}

} // namespace

sandbox_server::sandbox_server(std::unique_ptr<autotask> world, server_options options)
    : world_{std::move(world)}, control_{*world_, [this] { return describe_connections(front_->connections()); }},
      certificates_{make_certificates(options.flaw, options.extra_names)}, is_temporary_{options.directory.empty()} {
    front_backend& backend = *this;
    front_ = std::make_unique<front>(backend, certificates_, options.ports, options.limits);
    directory_ = is_temporary_ ? make_temporary_directory() : std::move(options.directory);
    ca_file_ = directory_ + "/ca.pem";
    write_file(ca_file_, certificates_.authority, 0644);
    ports_ = front_->listening();
    while (world_->zone_count() < 2) // there are two listeners, and each answers for a zone
        world_->add_zone({});
    for (std::size_t zone = 0; zone < 2; ++zone) {
        world_->zone_at(zone).url = zone_url(zone);
        world_->zone_at(zone).web_url = zone_url(zone).substr(0, zone_url(zone).find("ATServicesRest"));
    }
    thread_ = std::thread{[this] { front_->run(); }};
}

sandbox_server::~sandbox_server() {
    front_->stop();
    thread_.join();
    front_.reset(); // ends the requests in progress while there still is a world
    if (is_temporary_) {
        std::error_code ignored;
        std::filesystem::remove_all(directory_, ignored);
    }
}

std::string sandbox_server::zone_url(std::size_t zone) const {
    return "https://127.0.0.1:" + std::to_string(zone == 0 ? ports_.zone : ports_.second_zone) + "/ATServicesRest/";
}

std::string sandbox_server::control_url() const {
    return "http://127.0.0.1:" + std::to_string(ports_.control);
}

front_backend::greeting sandbox_server::greet() {
    const std::scoped_lock lock{mutex_};
    switches& options = world_->options();
    const bool reset = options.tls_resets > 0;
    options.tls_resets -= reset ? 1 : 0;
    return {options.tls_delay, reset};
}

front_backend::started sandbox_server::begin(http_request request) {
    const std::scoped_lock lock{mutex_};
    const admission admitted = world_->begin(std::move(request), now());
    return {admitted.ticket, admitted.hold_back};
}

http_response sandbox_server::execute(std::uint64_t ticket) {
    const std::scoped_lock lock{mutex_};
    return world_->execute(ticket, now());
}

void sandbox_server::end(std::uint64_t ticket) {
    const std::scoped_lock lock{mutex_};
    world_->end(ticket, now());
}

http_response sandbox_server::control(const http_request& request) {
    const std::scoped_lock lock{mutex_};
    http_response reply = control_.handle(request, now());
    world_->stamp(reply, now());
    return reply;
}

void sandbox_server::stamp(http_response& reply) {
    const std::scoped_lock lock{mutex_};
    world_->stamp(reply, now());
}

} // namespace sandbox
