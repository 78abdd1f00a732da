#include "daemon/sweep/trouble.hpp"

namespace contactd {

trouble make_trouble(const instance_settings& of, const autotask::error& failure) {
    const bool refused = failure.kind == autotask::error_kind::auth;
    auto made = make_trouble(of, refused ? refusal(of, failure) : failure.message());
    made.kind = failure.kind;
    return made;
}

trouble make_trouble(const instance_settings& of, std::string message) {
    trouble made;
    made.instance = of.name.value;
    made.message = std::move(message);
    return made;
}

std::string refusal(const instance_settings& of, const autotask::error& failure) {
    return "Autotask refuses user " + of.username.value + " (" + failure.said +
           "): the user name, the secret or the tracking identifier is wrong, or the account is locked; nothing more "
           "was sent, so that it does not get locked";
}

} // namespace contactd
