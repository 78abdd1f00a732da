#pragma once

#include "tests/support/memory_journal.hpp"
#include "tests/support/model_transport.hpp"
#include "tests/support/office.hpp"
#include "tests/support/sweep_world.hpp"

#include "tests/sandbox/model/faults.hpp"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>

namespace apply_tests {

using namespace std::chrono_literals;
using contactd::change_standing;
using test_support::applied;
using test_support::one_instance;
using test_support::stored_contacts;
using test_support::sweep_world;
using test_support::weather;
namespace json = boost::json;

inline std::string without_brake(const std::string& policy = {}) {
    return "[policy]\nbrake_percent = 100\n" + policy + std::string(one_instance);
}

inline sweep_world small_world() {
    return sweep_world({1, 12, 300}, without_brake());
}

/// A plan as apply gets it: through its file.
inline contactd::saved_plan saved(sweep_world& world) {
    return contactd::read_plan(contactd::plan_text(world.plan()), "plan.json").value();
}

inline const contactd::device_outcome& first(const contactd::saved_plan& plan, core::event what) {
    return *std::ranges::find(plan.report.changes, what, &contactd::device_outcome::what);
}

inline std::string path_of(const char* entity, std::int64_t id) {
    return "/rows/" + std::string(entity) + '/' + std::to_string(id);
}

inline void edit_device(sweep_world& world, const contactd::device_outcome& one, const std::string& fields) {
    world.control("PATCH", path_of("ConfigurationItems", one.device_id.value), fields);
}

inline void edit_contact(sweep_world& world, const contactd::device_outcome& one, const std::string& fields) {
    world.control("PATCH", path_of("Contacts", one.contact_id->value), fields);
}

inline void somebody_logs_in(sweep_world& world, const contactd::device_outcome& one, const std::string& user) {
    json::object sync{{"id", one.device_id.value}, {"lastUser", user}};
    world.control("POST", "/rmm-sync", json::serialize(sync));
}

inline std::string drift_of(const applied& what, const contactd::device_outcome& one) {
    for (const auto& other : what.report.unmade)
        if (other.planned.device_id == one.device_id)
            return other.verdict.words;
    return "not told";
}

inline std::int64_t stored(sweep_world& world, const contactd::device_outcome& one) {
    return stored_contacts(world.model().tenant()).at(one.device_id.value);
}

/// Every change of the plan is in the model, but those that were not made.
inline void check_stored(sweep_world& world, const contactd::saved_plan& plan, const applied& what) {
    const auto now = stored_contacts(world.model().tenant());
    for (const auto& one : plan.report.changes) {
        const auto is_it = [&one](const auto& other) { return other.planned.device_id == one.device_id; };
        const bool unmade = std::ranges::any_of(what.report.unmade, is_it);
        INFO("device " << one.device_id.value);
        CHECK((now.at(one.device_id.value) == one.contact_id->value) == !unmade);
    }
}

inline std::int64_t told(const sweep_world& world, const std::string& event) {
    return std::ranges::count_if(world.audit(), [&event](const std::string& line) {
        return line.find("\"event\":\"" + event + '"') != std::string::npos;
    });
}

inline sandbox::fault_rule fault(const char* text) {
    return sandbox::parse_fault(json::parse(text).as_object()).value();
}

} // namespace apply_tests
