#include "tests/sandbox/model/admin.hpp"
#include "tests/support/office.hpp"
#include "tests/support/sweep_world.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <catch2/catch.hpp>
#include <string>
#include <vector>

// As sweeps_in_part.cpp, with organizations: two worlds with the same data, the same people and the same files. What
// one of them remembers changes nothing of what is decided by rules that single companies have.

namespace {

using namespace std::chrono_literals;
using sandbox::entity;
using test_support::further_files;
using test_support::office;
using test_support::one_instance;
using test_support::sweep_world;
using test_support::swept;

constexpr sandbox::generator_options data{1, 20, 400, true};
constexpr std::int64_t customers = 20; ///< Their ids follow one another.
constexpr std::int64_t first_customer = 175;

std::string config(std::string_view full_every) {
    return "[schedule]\nfull_every = \"" + std::string(full_every) + "\"\n[policy]\nbrake_percent = 100\n" +
           std::string(one_instance);
}

/// Settings that a company of that number has; a file of another `turn` gives them to others.
std::string settings_of(std::int64_t number) {
    switch (number % 8) {
    case 0:
        return "[organization.match]\nrules = [\"login_field\", \"email\", \"local_part\"]\nlogin_field = \"Login "
               "name\"\n";
    case 1:
        return "[organization.match]\nrules = [\"email\", \"local_part\", \"first.last\", \"firstlast\", \"flast\", "
               "\"firstl\"]\nonly_fill = [\"flast\", \"firstl\"]\n";
    case 2:
        return "[organization.match]\nrules = [\"email\", \"local_part\", \"parent_email\", \"parent_local_part\"]\n"
               "device_types = [\"*\"]\n";
    case 3:
        return "[organization.match]\ndevice_types = [2, \"none\"]\n[organization.policy]\nwrite = \"fill-empty\"\n";
    case 4:
        return "[organization.match]\nrules = [\"email\", \"other_email\", \"local_part\", \"other_local_part\"]\n"
               "device_categories = [1, \"none\"]\n";
    case 5:
        return "[organization.match]\nrules = [\"parent_local_part\", \"alias\", \"email\", \"local_part\"]\n"
               "alias_file = \"aliases.csv\"\n[organization.policy]\nmax_changes = 2\n";
    case 6:
        return "enabled = false\n";
    default:
        return "[organization.policy]\ndry_run = true\n";
    }
}

further_files files(std::int64_t turn) {
    further_files made;
    auto& organizations = made["organizations.toml"];
    auto& aliases = made["aliases.csv"];
    aliases = "company_id,account,contact\n";
    for (std::int64_t id = first_customer; id < first_customer + customers; ++id) {
        if ((id + turn) % 7 == 0)
            continue; // Of no organization.
        const auto number = std::to_string(id);
        organizations += "[[organization]]\nname = \"Client " + number + "\"\ncompany_id = " + number + "\n" +
                         settings_of(id + turn);
        for (std::int64_t i = 10; i < 13; ++i)
            aliases +=
                number + ",p" + std::to_string(i) + ",p" + std::to_string(i + 3 + turn % 2) + "@parent.example\n";
    }
    return made;
}

/// Changes that matter to rules other than the plain ones.
class clerk {
public:
    clerk(std::uint64_t seed, std::vector<sweep_world*> worlds) : dice_(seed), worlds_(std::move(worlds)) {}

    void works() {
        const auto company = first_customer + static_cast<std::int64_t>(dice_.below(customers));
        const auto contact = any_of(entity::contacts, company);
        const auto device = any_of(entity::configuration_items, company);
        const auto number = std::to_string(10 + dice_.below(6));
        switch (dice_.below(12)) {
        case 0:
            return put(entity::contacts, contact,
                       {{"userDefinedFields",
                         boost::json::array{boost::json::object{{"name", "Login name"}, {"value", "D\\p" + number}}}}});
        case 1:
            return put(entity::contacts, contact, {{"firstName", "P"}, {"lastName", number}});
        case 2:
            return put(entity::contacts, contact, {{"emailAddress2", "p" + number + "@other.example"}});
        case 3:
            if (dice_.below(2) == 0)
                return put(entity::contacts, contact, {{"emailAddress", ""}});
            return put(entity::contacts, contact, {{"emailAddress", nullptr}});
        case 4:
            return put(entity::configuration_items, device,
                       {{"configurationItemCategoryID", dice_.below(3) == 0 ? 101 : 1}});
        case 5:
            return put(entity::companies, company, {{"parentCompanyID", first_customer + dice_.below(customers)}});
        case 6: // Somebody of a parent company, as likely as not.
            return put(entity::contacts, contact,
                       {{"companyID", first_customer + dice_.below(customers)},
                        {"emailAddress", "p" + number + "@parent.example"}});
        default:
            const std::string users[] = {"D\\p" + number, "D\\p." + number, "p" + number + "@other.example",
                                         "p" + number + "@parent.example"};
            const auto& user = users[dice_.below(4)];
            for (auto* one : worlds_)
                sandbox::rmm_sync(one->model().tenant(), one->model().options(), device, user, one->now());
        }
    }

private:
    std::int64_t any(entity which) {
        const auto& all = worlds_.front()->model().tenant().rows(which).rows();
        return all[dice_.below(all.size())].id();
    }

    std::int64_t any_of(entity which, std::int64_t company) {
        const auto* ids = worlds_.front()->model().tenant().rows(which).of_company(company);
        return ids && !ids->empty() ? (*ids)[dice_.below(ids->size())] : any(which);
    }

    void put(entity which, std::int64_t id, boost::json::object fields) {
        fields["id"] = id;
        for (auto* one : worlds_)
            if (one->model().tenant().rows(which).find(id))
                (void)sandbox::put_row(one->model().tenant(), which, fields, one->now()).value();
    }

    sandbox::random_source dice_;
    std::vector<sweep_world*> worlds_;
};

/// What was decided, a line a device that is not as it should be.
std::vector<std::string> decisions(const swept& one) {
    std::vector<std::string> all;
    for (const auto* list : {&one.report.changes, &one.report.skipped, &one.report.failed})
        for (const auto& each : *list)
            all.push_back(std::to_string(each.device_id.value) + ' ' + std::string(core::to_string(each.what)) + ' ' +
                          (each.why ? std::string(core::to_string(*each.why)) : "") + ' ' +
                          (each.rule ? std::string(core::to_string(*each.rule)) : "") + ' ' +
                          (each.contact_id ? std::to_string(each.contact_id->value) : ""));
    return all;
}

struct twins {
    twins() {
        for (auto* one : {&remembers, &reads_all})
            one->model().options().rmm_sync_touches_last_modified = true;
    }

    /// What differs between servers: whether an empty text is one, and how user-defined fields can be asked for.
    void behave(std::uint64_t seed) {
        const char* const udfs[] = {"works", "ignored", "unknown"};
        for (auto* one : {&remembers, &reads_all})
            one->control("POST", "/switches",
                         std::string("{\"exist_matches_empty_string\":") + (seed % 2 == 0 ? "true" : "false") +
                             ",\"udf_in_include_fields\":\"" + udfs[seed % 3] + "\"}");
    }

    void reload(std::int64_t turn) {
        remembers.reload(config("24h"), files(turn));
        reads_all.reload(config("0s"), files(turn));
    }

    /// A sweep of both, which come to the same. True when it was in part.
    bool sweep() {
        for (auto* one : {&remembers, &reads_all})
            one->pass(30min);
        const auto part = remembers.sweep();
        const auto full = reads_all.sweep();
        CHECK(part.report.troubles.empty());
        CHECK(decisions(part) == decisions(full));
        CHECK(part.report.counts.events == full.report.counts.events);
        CHECK(part.report.counts.reasons == full.report.counts.reasons);
        CHECK(test_support::stored_contacts(remembers.model().tenant()) ==
              test_support::stored_contacts(reads_all.model().tenant()));
        for (const auto& one : part.report.changes)
            if (one.rule)
                rules.insert(*one.rule);
        const auto& end = part.report.instances.front();
        return end.devices_in_part && end.contacts_in_part;
    }

    sweep_world remembers{data, config("24h"), files(0)};
    sweep_world reads_all{data, config("0s"), files(0)};
    std::set<core::rule> rules; ///< By which something was changed.
};

} // namespace

TEST_CASE("with rules of their own for single companies, sweeps in part decide and store the same as full ones") {
    std::set<core::rule> rules;
    for (std::uint64_t seed = 1; seed <= 4; ++seed) {
        twins world;
        world.behave(seed);
        office people(seed, {&world.remembers.model(), &world.reads_all.model()},
                      [&world] { return world.remembers.now(); });
        clerk more(seed, {&world.remembers, &world.reads_all});
        int in_part = 0;
        for (int i = 0; i < 20; ++i) {
            INFO("seed " << seed << ", sweep " << i);
            in_part += world.sweep() ? 1 : 0;
            people.people_move(5);
            for (int j = 0; j < 3; ++j)
                people.something_happens();
            for (int j = 0; j < 50; ++j)
                more.works();
        }
        CHECK(in_part >= 8);
        rules.merge(world.rules);
    }
    for (const auto one : rules)
        UNSCOPED_INFO(to_string(one));
    CHECK(rules.size() >= 9); // Otherwise there was not much to compare.
}

TEST_CASE("after a reload of the organizations, sweeps in part decide and store the same as full ones") {
    for (std::uint64_t seed = 11; seed <= 13; ++seed) {
        twins world;
        world.behave(seed);
        office people(seed, {&world.remembers.model(), &world.reads_all.model()},
                      [&world] { return world.remembers.now(); });
        clerk more(seed, {&world.remembers, &world.reads_all});
        int in_part = 0;
        for (int i = 0; i < 24; ++i) {
            INFO("seed " << seed << ", sweep " << i);
            if (i % 4 == 3)
                world.reload(i / 4);
            in_part += world.sweep() ? 1 : 0;
            people.people_move(4);
            for (int j = 0; j < 2; ++j)
                people.something_happens();
            for (int j = 0; j < 6; ++j)
                more.works();
        }
        CHECK(in_part >= 6);
    }
}

TEST_CASE("a reload of the organizations alone reads only the companies anew whose rows are wanted otherwise") {
    twins world;
    office people(5, {&world.remembers.model(), &world.reads_all.model()}, [&world] { return world.remembers.now(); });
    for (int i = 0; i < 5; ++i) {
        people.people_move(10);
        for (int j = 0; j < 30; ++j)
            people.something_happens();
        world.sweep();
    }
    int in_part = 0;
    for (int i = 0; i < 4; ++i) {
        world.reload(0); // The same again.
        world.remembers.pass(30min);
        const auto one = world.remembers.sweep();
        const auto& end = one.report.instances.front();
        if (!end.devices_in_part || !end.contacts_in_part)
            continue;
        ++in_part;
        CHECK(one.requests("ConfigurationItems", "query") <= 2);
        CHECK(one.requests("Contacts", "query") <= 4);
    }
    CHECK(in_part >= 1);
}

TEST_CASE("nothing wrong is written by any rule when contacts were changed without a date and devices point to them") {
    twins world;
    office people(9, {&world.remembers.model(), &world.reads_all.model()}, [&world] { return world.remembers.now(); });
    clerk more(9, {&world.remembers, &world.reads_all});
    bool was_in_part = true;
    for (int i = 0; i < 12 && (i < 4 || was_in_part); ++i) { // After a full one the next is in part.
        people.people_move(10);
        for (int j = 0; j < 40; ++j)
            more.works();
        was_in_part = world.sweep();
    }
    REQUIRE_FALSE(was_in_part);
    for (auto* one : {&world.remembers, &world.reads_all}) {
        auto& tenant = one->model().tenant();
        std::vector<std::int64_t> ids;
        for (const auto& row : tenant.rows(entity::contacts).rows())
            ids.push_back(row.id());
        for (const auto id : ids) {
            const auto number = std::to_string(id);
            boost::json::object login{{"name", "Login name"}, {"value", nullptr}};
            (void)sandbox::put_row(tenant, entity::contacts,
                                   {{"id", id},
                                    {"firstName", "Q" + number},
                                    {"lastName", "Q"},
                                    {"emailAddress", "x" + number + "@gone.example"},
                                    {"emailAddress2", nullptr},
                                    {"emailAddress3", nullptr},
                                    {"userDefinedFields", boost::json::array{std::move(login)}}},
                                   one->now(), sandbox::traces::none)
                .value();
        }
    }
    const auto before = test_support::stored_contacts(world.remembers.model().tenant());
    people.people_move(60);
    for (auto* one : {&world.remembers, &world.reads_all})
        one->pass(30min);
    const auto part = world.remembers.sweep();
    (void)world.reads_all.sweep();
    CHECK(part.report.instances.front().devices_in_part);
    CHECK(part.report.instances.front().contacts_in_part);
    CHECK(part.counts.writes_stored == 0);
    CHECK(test_support::stored_contacts(world.remembers.model().tenant()) == before);
    CHECK(test_support::stored_contacts(world.reads_all.model().tenant()) == before);
}
