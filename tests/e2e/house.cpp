#include "tests/e2e/house.hpp"

#include "tests/sandbox/model/admin.hpp"

#include <boost/json/parse.hpp>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace e2e {

house::house(std::unique_ptr<sandbox::autotask> world, sandbox::server_options options)
    : server_(std::move(world), std::move(options)) {
    configure();
}

void house::configure(const std::string& instance, const std::string& top) {
    const sandbox::credentials login;
    std::ofstream file(config_file());
    file << top << "\n[daemon]\nstate_dir = \"" << records_ << "\"\naudit_log = \"" << audit_file() << "\"\n"
         << "[[instance]]\nname = \"main\"\nusername = \"" << login.username << "\"\ntracking_identifier = \""
         << login.tracking_identifier << "\"\nsecret = \"env:CONTACTD_TEST_SECRET\"\nzone_discovery_url = \""
         << server_.base_url() << "\"\nca_file = \"" << server_.ca_file() << "\"\ncompanies = \"all\"\n"
         << instance << '\n';
}

std::unique_ptr<support::process> house::start(std::vector<std::string> arguments,
                                               std::map<std::string, std::string> variables) {
    arguments.insert(arguments.begin(), {CONTACTD_BINARY, "--config", config_file()});
    variables.emplace("CONTACTD_TEST_SECRET", secret_);
    return std::make_unique<support::process>(arguments, variables, directory());
}

support::finished_process house::run(std::vector<std::string> arguments) {
    return start(std::move(arguments))->wait();
}

std::vector<boost::json::object> house::audit() const {
    std::vector<boost::json::object> lines;
    std::istringstream text(support::read_file(audit_file()));
    for (std::string line; std::getline(text, line);)
        lines.push_back(parsed(line));
    return lines;
}

std::int64_t house::count(const std::string& operation) {
    return server_.with_model([&operation](sandbox::autotask& world) {
        const auto found = world.counts().by_operation.find(operation);
        return found == world.counts().by_operation.end() ? 0 : found->second;
    });
}

std::int64_t house::requests() {
    return server_.with_model([](sandbox::autotask& world) { return world.counts().requests; });
}

std::int64_t house::contact_of(std::int64_t device) {
    return server_.with_model([device](sandbox::autotask& world) {
        const auto row = sandbox::show_row(world.tenant(), sandbox::entity::configuration_items, device);
        if (!row)
            throw std::runtime_error("no such device");
        const auto object = parsed(*row);
        const auto& contact = object.at("contactID");
        return contact.is_null() ? 0 : contact.to_number<std::int64_t>();
    });
}

std::unique_ptr<sandbox::autotask> world_of(const std::string& rows) {
    auto world = sandbox::make_empty_world();
    const auto loaded = sandbox::load_rows(world->tenant(), rows, std::chrono::system_clock::now());
    if (!loaded)
        throw std::runtime_error(loaded.error());
    return world;
}

boost::json::object parsed(const std::string& text) {
    boost::system::error_code failed;
    auto value = boost::json::parse(text, failed);
    if (failed || !value.is_object())
        throw std::runtime_error("no JSON object: " + text);
    return value.as_object();
}

} // namespace e2e
