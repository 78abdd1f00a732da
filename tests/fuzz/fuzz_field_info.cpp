// What the API says of the fields of an entity, and whether its rows may be changed.

#include "autotask/field_info.hpp"
#include "autotask/json_check.hpp"
#include "core/fold.hpp"
#include "tests/fuzz/input.hpp"
#include "tests/fuzz/require.hpp"

#include <algorithm>

namespace {

using fuzz::require;

void check_label(const autotask::field_info& field, const std::string& label) {
    const auto wanted = core::fold(label);
    const auto number = autotask::resolve_label(field, label);
    if (!number) {
        require(number.error().contains('"' + label + '"') && number.error().contains(field.name),
                "an error names the label and its field");
        return;
    }
    const auto is_meant = [&wanted](const autotask::picklist_value& one) { return core::fold(one.label) == wanted; };
    const auto stands_for = [&number, &is_meant](const autotask::picklist_value& one) {
        // The value may be written with zeroes in front.
        return is_meant(one) && autotask::resolve_label({}, one.value) == *number;
    };
    if (!std::ranges::any_of(field.values, stands_for))
        require(autotask::resolve_label({}, label) == *number, "a label stands for its own value, or is a number");
    require(autotask::resolve_label(field, wanted) == number, "a label is found whatever its case");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto body = fuzz::text_of(data, size);
    const auto may_update = autotask::read_may_update(body);
    const auto fields = autotask::read_fields(body);
    require((!may_update && !fields) || autotask::is_one_json_document(body), "a reply is one whole JSON document");
    if (!fields)
        return 0;
    for (const auto& field : *fields) {
        const auto* found = autotask::find_field(*fields, field.name);
        require(found && core::fold(found->name) == core::fold(field.name), "a field is found by its name");
        for (const auto& one : field.values)
            check_label(field, one.label);
    }
    return 0;
}
