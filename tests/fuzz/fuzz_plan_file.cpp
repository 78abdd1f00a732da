// A saved plan that somebody has edited, or that is none.

#include "daemon/plan_file/saved_plan.hpp"
#include "tests/fuzz/input.hpp"
#include "tests/fuzz/require.hpp"
#include "tests/fuzz/texts.hpp"

#include <set>
#include <string>
#include <utility>

namespace {

using fuzz::require;

const std::string file = "p.json";

void check_changes(const contactd::saved_plan& plan) {
    std::set<std::pair<std::string, core::device_id>> changed;
    for (const auto& one : plan.report.changes) {
        require(one.contact_id && one.contact_id->value >= 0, "a change has a contact");
        require(one.contact_id != one.previous_contact_id, "a change changes something");
        require(!one.last_user.empty(), "a change has a last user");
        const bool replaces = one.what == core::event::would_reassign;
        require(replaces || one.what == core::event::would_assign, "a change is planned");
        require(replaces == one.previous_contact_id.has_value(), "only a contact that is set is replaced");
        require(changed.emplace(one.instance, one.device_id).second, "a device is changed once");
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = fuzz::text_of(data, size);
    const auto plan = contactd::read_plan(text, file);
    if (!plan) {
        require(plan.error().starts_with(file + ": "), "an error names the file");
        require(fuzz::is_one_line(plan.error()) && fuzz::is_utf8(plan.error()), "an error is one line of UTF-8");
        return 0;
    }
    require(contactd::is_meant_to_be_a_plan(text), "what can be read is meant to be a plan");
    check_changes(*plan);
    const auto written = contactd::plan_text(*plan);
    const auto again = contactd::read_plan(written, file);
    require(again.has_value(), "what is written can be read");
    require(contactd::plan_text(*again) == written, "a plan reads back to the same");
    return 0;
}
