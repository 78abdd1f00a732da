#include "tests/sandbox/model/schema/tables.hpp"

namespace sandbox {
namespace {

using enum field_type;

constexpr field fields[] = {
    {"id", long_integer, 0, required | read_only},
    {"isActive", boolean, 0, required},
    {"name", text, 100, required},
};

} // namespace

std::span<const field> configuration_item_type_fields() { return fields; }

} // namespace sandbox
