#include "tests/support/model_instances.hpp"

#include "daemon/config/config_file.hpp"
#include "daemon/secrets/secret_source.hpp"
#include "tests/sandbox/model/world.hpp"
#include "tests/support/model_transport.hpp"
#include "tests/support/virtual_clock.hpp"

#include <stdexcept>
#include <utility>

namespace test_support {

namespace {

sandbox::zone zone_at(const std::string& name, const std::string& host) {
    return {name, "https://" + host + "/ATServicesRest/", "https://" + host + "/"};
}

} // namespace

model_instances make_model_instances(std::string_view text, virtual_clock& time, sandbox::autotask& model,
                                     const further_files& others) {
    const auto only = [&model](const std::string&) -> sandbox::autotask& { return model; };
    return make_model_instances(text, time, only, others);
}

model_instances make_model_instances(std::string_view text, virtual_clock& time,
                                     const std::function<sandbox::autotask&(const std::string&)>& model_of,
                                     const further_files& others) {
    const auto variables = contactd::fixed_environment({{"SECRET", sandbox::credentials{}.secret}});
    const auto read_other =
        [&others](const std::string& path) -> std::expected<std::string, contactd::unreadable_file> {
        if (const auto found = others.find(path); found != others.end())
            return found->second;
        return contactd::no_other_files(path);
    };
    auto read = contactd::read_config_text(text, "contactd.toml", variables, read_other);
    if (!read) {
        std::string wrong;
        for (const auto& one : read.error())
            wrong += one.text() + "\n";
        throw std::invalid_argument(wrong);
    }
    model_instances result;
    for (const auto& one : read->settings.instances) {
        auto secret = contactd::resolve_secret(one.name.value, one.secret.value, variables);
        if (!secret)
            throw std::invalid_argument(secret.error().text);
        auto made = std::make_unique<contactd::instance>();
        made->settings = one;
        made->clients = contactd::client_list(read->settings, one.name.value);
        made->login.username = one.username.value;
        made->login.secret = std::move(secret->value);
        made->login.tracking_identifier = one.tracking_identifier.value;
        auto network = std::make_unique<model_transport>(time, model_of(one.name.value));
        result.networks.push_back(network.get());
        made->network = std::move(network);
        made->reached = contactd::make_session_options(one);
        result.instances.push_back(std::move(made));
    }
    result.settings = std::move(read->settings);
    return result;
}

void place_on_network(sandbox::autotask& model) {
    model.zone_at(0) = zone_at("America East", "webservices3.autotask.net");
    model.zone_at(1) = zone_at("UK", "webservices4.autotask.net");
    model.add_zone(zone_at("Nobody lives here", "webservices.autotask.net"));
    model.options() = sandbox::as_over_a_network();
}

} // namespace test_support
