#include "daemon/plan_file/choose_changes.hpp"
#include "daemon/plan_file/drift.hpp"
#include "tests/daemon/config_support.hpp"
#include "tests/daemon/plan_support.hpp"

#include <catch2/catch.hpp>
#include <functional>

namespace {

using namespace plan_tests;
using contactd::change_standing;

core::device as_planned(const contactd::device_outcome& one) {
    core::device now;
    now.id = one.device_id;
    now.company = one.company_id;
    now.contact = one.previous_contact_id;
    now.last_user = one.last_user;
    now.type = 1;
    now.hostname = one.device;
    return now;
}

core::contact target_of(const contactd::device_outcome& one) {
    core::contact now;
    now.id = *one.contact_id;
    now.company = one.company_id;
    now.addresses = {one.contact_email};
    return now;
}

core::glob_list globs(std::string_view one) {
    core::glob_list list;
    list.add(one);
    return list;
}

/// What is there now, and the parent of the company.
struct scene {
    contactd::device_outcome change;
    core::device device;
    core::contact target;
    std::optional<core::company_id> parent;
};

struct drift_row {
    const char* name;
    std::function<void(scene&)> meanwhile;
    change_standing how;
    std::string words;
};

} // namespace

TEST_CASE("a change holds only where everything is as the plan saw it, and what is not is said") {
    using enum change_standing;
    const drift_row rows[] = {
        {"nothing", [](scene&) {}, holds, ""},
        {"the name of the device", [](scene& now) { now.device.hostname = "NEW"; }, holds, ""},
        {"another contact", [](scene& now) { now.device.contact = core::contact_id{5}; }, drifted,
         "contact 5 is set now, and contact 102 was"},
        {"no contact", [](scene& now) { now.device.contact.reset(); }, drifted,
         "no contact is set now, and contact 102 was"},
        {"the contact was set already", [](scene& now) { now.device.contact = core::contact_id{101}; }, done_already,
         ""},
        {"set already, and somebody else sits there",
         [](scene& now) {
             now.device.contact = core::contact_id{101};
             now.device.last_user = "ACME\\ben";
             now.target.active = false;
         },
         done_already, ""},
        {"another last user", [](scene& now) { now.device.last_user = "ACME\\ben"; }, drifted,
         "the last user is \"ACME\\ben\" now"},
        {"the same last user in other letters", [](scene& now) { now.device.last_user = "acme\\ANNA"; }, drifted,
         "the last user is \"acme\\ANNA\" now"},
        {"a blank behind the last user", [](scene& now) { now.device.last_user += ' '; }, drifted,
         "the last user is \"ACME\\anna \" now"},
        {"no last user", [](scene& now) { now.device.last_user.clear(); }, drifted, "there is no last user now"},
        {"an inactive device", [](scene& now) { now.device.active = false; }, drifted,
         "the configuration item is inactive"},
        {"an inactive device that has the contact",
         [](scene& now) {
             now.device.active = false;
             now.device.contact = core::contact_id{101};
         },
         drifted, "the configuration item is inactive; contact 101 is set now, and contact 102 was"},
        {"a device that moved", [](scene& now) { now.device.company.value = 20; }, drifted,
         "it belongs to company 20 now"},
        {"an inactive contact", [](scene& now) { now.target.active = false; }, drifted, "contact 101 is inactive"},
        {"a contact that moved", [](scene& now) { now.target.company.value = 20; }, drifted,
         "contact 101 belongs to company 20 now"},
        {"a contact of the parent",
         [](scene& now) {
             now.target.company.value = 20;
             now.parent = core::company_id{20};
         },
         holds, ""},
        {"another address", [](scene& now) { now.target.addresses = {"zoe@acme.example"}; }, drifted,
         "contact 101 does not have the address anna@acme.example any more"},
        {"the address in other letters, with a name",
         [](scene& now) {
             now.target.addresses = {"", "Anna Berg <ANNA@Acme.example>"};
         },
         holds, ""},
        {"a match without an address",
         [](scene& now) {
             now.change.contact_email.clear();
             now.target.addresses.clear();
         },
         holds, ""},
        {"everything",
         [](scene& now) {
             now.device.contact.reset();
             now.device.last_user = "x\ny";
             now.target.active = false;
         },
         drifted, "no contact is set now, and contact 102 was; the last user is \"x y\" now; contact 101 is inactive"},
    };
    for (const auto& row : rows) {
        INFO(row.name);
        const auto change = planned(2, 102);
        scene now{change, as_planned(change), target_of(change), std::nullopt};
        row.meanwhile(now);
        const auto verdict = contactd::compare_with_now(now.change, {&now.device, &now.target, now.parent});
        CHECK(verdict.how == row.how);
        CHECK(verdict.words == row.words);
    }
}

TEST_CASE("a device or a contact that is gone has drifted") {
    const auto change = planned(1);
    const auto device = as_planned(change);
    const auto target = target_of(change);
    CHECK(contactd::compare_with_now(change, {nullptr, &target, {}}).words == "the configuration item is gone");
    CHECK(contactd::compare_with_now(change, {&device, nullptr, {}}).words == "contact 101 is gone");
    CHECK(contactd::compare_with_now(change, {&device, &target, {}}).how == change_standing::holds);
}

TEST_CASE("what the configuration of today does not want is left out, with the key that says so") {
    struct row {
        std::function<void(contactd::company_rules&)> rules;
        bool replaces;
        std::string why;
    };
    const row rows[] = {
        {[](auto&) {}, true, ""},
        {[](auto& of) { of.dry_run = true; }, false, "policy.dry_run = true holds for its company"},
        {[](auto& of) { of.policy.write = core::write_policy::fill_empty; }, true,
         "policy.write = \"fill-empty\" keeps a contact that is set"},
        {[](auto& of) { of.policy.write = core::write_policy::fill_empty; }, false, ""},
        {[](auto& of) { of.match.ladder = {core::rule::email}; }, false,
         "match.rules does not have local_part any more"},
        {[](auto& of) { of.match.only_fill.add(core::rule::local_part); }, true,
         "match.only_fill has local_part, so that it replaces no contact"},
        {[](auto& of) { of.match.only_fill.add(core::rule::local_part); }, false, ""},
        {[](auto& of) { of.match.scope.types.values = {7}; }, false,
         "match.device_types or match.device_categories leave it out"},
        {[](auto& of) { of.match.scope.exclude = globs("pc-*"); }, false,
         "match.include_devices or match.exclude_devices leave it out"},
    };
    for (const auto& row : rows) {
        contactd::company_rules rules;
        rules.match.ladder = {core::rule::local_part};
        rules.match.scope.types.values = {1};
        rules.match.scope.include = globs("*");
        row.rules(rules);
        const auto change = row.replaces ? planned(1, 102) : planned(1);
        INFO(row.why);
        CHECK(contactd::why_unwanted(change, as_planned(change), rules, false).value_or("") == row.why);
    }
    contactd::company_rules dry;
    dry.match.ladder = {core::rule::local_part};
    dry.match.scope.types.every = true;
    dry.match.scope.include = globs("*");
    dry.dry_run = true;
    CHECK_FALSE(contactd::why_unwanted(planned(1), as_planned(planned(1)), dry, true));
}

TEST_CASE("an instance of a plan has to be the same database, as far as that is known before it is asked") {
    auto plan = small_plan();
    plan.databases.front().username = "API@MSP.example";
    const auto refusals = [&plan](const std::string& config, bool dry_run = false) {
        return contactd::choose_changes(plan, {}, config_of(config), dry_run).refusals;
    };
    const auto in = [](const std::string& key) {
        auto text = small_instance;
        text.pop_back();
        return text + key + "\n";
    };
    using list = std::vector<std::string>;
    const std::string conclusion = ": it may be another Autotask database, so nothing is applied; make a new plan";
    CHECK(refusals(small_instance).empty());
    CHECK(refusals(in("zone = \"https://webservices5.autotask.net/ATServicesRest/\"")).empty());
    CHECK(refusals(in("zone = \"https://webservices3.autotask.net/ATServicesRest/\"")) ==
          list{"instance main: the plan was made at https://webservices5.autotask.net/ATServicesRest, and c.toml has "
               "https://webservices3.autotask.net/ATServicesRest" +
               conclusion});
    const std::string dry = "[policy]\ndry_run = true\n";
    CHECK(refusals(dry + small_instance) ==
          list{"instance main: policy.dry_run = true, so nothing is applied: set it to false in c.toml, or look what "
               "would be done with --dry-run"});
    CHECK(refusals(dry + small_instance, true).empty());
    plan.databases.front().username = "api@other.example";
    CHECK(refusals(small_instance, true) ==
          list{"instance main: the plan was made as api@other.example, and c.toml has api@msp.example" + conclusion});
    plan.databases.front().instance = "second";
    for (auto& one : plan.report.changes)
        one.instance = "second";
    CHECK(refusals(small_instance) ==
          list{"instance second: c.toml has no instance of this name, and the plan has changes of one"});
}

TEST_CASE("a selection limits a plan to instances, companies by id, name or organization, and a device") {
    auto plan = small_plan();
    plan.databases.front().username = "api@msp.example";
    plan.report.changes.push_back(planned(5));
    plan.report.changes.back().company_id.value = 30;
    plan.report.changes.back().company = "Zeta";
    const auto settings = config_of(small_instance, {{"organizations.toml", "[[organization]]\nname = \"Our Zeta\"\n"
                                                                            "company_id = 30\n"}});
    struct row {
        contactd::selection chosen;
        std::vector<std::int64_t> devices;
        std::vector<std::string> unmet;
    };
    const row rows[] = {
        {{}, {1, 2, 5}, {}},
        {{{"main"}, {}, {}, {}}, {1, 2, 5}, {}},
        {{{"other"}, {}, {}, {}}, {}, {}},
        {{{}, {"acme"}, {}, {}}, {1, 2}, {}},
        {{{}, {"our zeta", "10"}, {}, {}}, {1, 2, 5}, {}},
        {{{}, {"30"}, {}, {}}, {5}, {}},
        {{{}, {"30", "Nobody"}, {}, {}},
         {5},
         {"--company Nobody: the plan changes nothing of a company of this id or name"}},
        {{{}, {}, core::device_id{2}, {}}, {2}, {}},
        {{{}, {"Zeta"}, core::device_id{2}, {}}, {}, {"--device 2: the plan does not change this configuration item"}},
        {{{}, {}, core::device_id{3}, {}}, {}, {"--device 3: the plan does not change this configuration item"}},
    };
    for (const auto& [chosen, devices, unmet] : rows) {
        const auto choice = contactd::choose_changes(plan, chosen, settings, false);
        std::vector<std::int64_t> found;
        for (const auto& one : choice.instances)
            for (const auto& change : one.changes)
                found.push_back(change.device_id.value);
        CHECK(found == devices);
        CHECK(choice.unmet == unmet);
        CHECK(choice.refusals.empty());
    }
}
