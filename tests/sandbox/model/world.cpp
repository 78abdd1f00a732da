#include "tests/sandbox/model/world.hpp"

namespace sandbox {

std::unique_ptr<autotask> make_empty_world(const credentials& login) {
    auto world = std::make_unique<autotask>();
    world->add_zone({"Sandbox 1", "https://zone1.sandbox.invalid/ATServicesRest/", "https://zone1.sandbox.invalid/"});
    world->add_zone({"Sandbox 2", "https://zone2.sandbox.invalid/ATServicesRest/", "https://zone2.sandbox.invalid/"});
    api_user user;
    user.name = login.username;
    user.secret = login.secret;
    user.tracking_identifier = login.tracking_identifier;
    world->add_user(std::move(user), world->add_database());
    return world;
}

std::unique_ptr<autotask> make_world(const world_options& options) {
    auto world = make_empty_world(options.login);
    generate(world->tenant(), options.data);
    return world;
}

} // namespace sandbox
