#include "tests/sandbox/model/schema/tables.hpp"

namespace sandbox {
namespace {

using enum field_type;

constexpr field fields[] = {
    {"id", long_integer, 0, required | read_only},
    {"displayColorRGB", integer, 0, required | picklist},
    {"isActive", boolean, 0, required},
    {"isClientPortalDefault", boolean, 0, read_only},
    {"isGlobalDefault", boolean, 0, read_only},
    {"name", text, 30, required},
    {"nickname", text, 3, no_flags},
};

} // namespace

std::span<const field> configuration_item_category_fields() {
    return fields;
}

} // namespace sandbox
