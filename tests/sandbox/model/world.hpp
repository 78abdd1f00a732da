#pragma once

#include <memory>
#include <string>

#include "tests/sandbox/model/autotask.hpp"
#include "tests/sandbox/model/generator/generate.hpp"

namespace sandbox {

/// What a client needs to log in. The secret holds the characters that generated ones hold and that careless
/// parsers of settings cut off.
struct credentials {
    std::string username = "api-user@sandbox.example";
    std::string secret = "s4ndb0x$~*#@Secret";
    std::string tracking_identifier = "SANDBOX0TRACKING0IDENTIFIER";
};

struct world_options {
    generator_options data;
    credentials login;
};

/// One tenant with generated data and one API user, living in the first of two zones. The zones' URLs are made up
/// until a server sets its own.
[[nodiscard]] std::unique_ptr<autotask> make_world(const world_options& options = {});

/// The same with a tenant that has no rows at all, for tests that bring their own.
[[nodiscard]] std::unique_ptr<autotask> make_empty_world(const credentials& login = {});

} // namespace sandbox
