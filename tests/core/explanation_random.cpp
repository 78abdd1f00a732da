#include "tests/core/explanation_support.hpp"

using namespace core_tests;

TEST_CASE("On random companies the explanation is that of make_plan") {
    dice random(20261125);
    const std::vector<std::string> names{
        "jsmith", "j.smith", "ann", "m\xC3\xBCller", "maximilian.musterman", "maximilian.mustermann"};
    const std::vector<std::string> first{"John", "Ann", "Max", ""};
    const std::vector<std::string> last{"Smith", "M\xC3\xBCller", ""};
    for (int round = 0; round < 400; ++round) {
        core::snapshot company;
        auto rules = default_rules();
        rules.ladder.clear();
        for (std::size_t i = 0; i < core::rule_count; ++i)
            if (const auto one = static_cast<core::rule>(i); random.one_in(2))
                rules.ladder.push_back(one);
        random.shuffle(rules.ladder);
        rules.addresses.reset();
        rules.addresses.set(random.roll(2));
        rules.login_column = 0;
        if (random.one_in(3))
            rules.only_fill.add(static_cast<core::rule>(random.roll(core::rule_count)));
        const auto add = [&](std::vector<core::contact>& to, std::int64_t id) {
            auto who = named(contact_with(id, {}, !random.one_in(5)), random.pick(first), random.pick(last));
            for (auto fields = random.roll(3); fields > 0; --fields)
                who.addresses.push_back(random.pick(names) + (random.one_in(3) ? "@acme.test" : "@acme.example"));
            who.logins.push_back(random.one_in(3) ? random.pick(names) : "");
            to.push_back(std::move(who));
        };
        for (std::int64_t id = 1; id <= 6; ++id)
            add(company.contacts, id);
        std::vector<core::contact> parents;
        for (std::int64_t id = 11; id <= 13; ++id)
            add(parents, id);
        company.parent_contacts = std::make_shared<const std::vector<core::contact>>(std::move(parents));
        core::alias known;
        known.name = random.pick(names);
        known.contact = core::contact_id{static_cast<std::int64_t>(random.roll(8))};
        company.aliases = {known};
        core::policy limits{random.one_in(3) ? core::write_policy::fill_empty : core::write_policy::reassign, 30,
                            static_cast<std::int64_t>(1 + random.roll(4))};
        for (std::int64_t id = 1; id <= 8; ++id) {
            auto value = random.one_in(5) ? random.pick(values) : random.pick(names);
            if (random.one_in(4))
                value += "@acme.example";
            auto one = device_with(id, value);
            if (random.one_in(2))
                one.contact = core::contact_id{static_cast<std::int64_t>(1 + random.roll(8))};
            one.active = !random.one_in(10);
            one.type = random.one_in(10) ? 2 : 1;
            company.devices.push_back(std::move(one));
        }
        for (const auto& one : company.devices) {
            CAPTURE(round, one.last_user);
            check_explanation(company, rules, limits, one);
        }
    }
}
