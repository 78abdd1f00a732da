#include "tests/sandbox/model/admin.hpp"
#include "tests/support/office.hpp"
#include "tests/support/sweep_world.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>
#include <map>
#include <set>
#include <string>

// Sweeps in which single companies have rules of their own, on data of a test's own.

namespace {

using namespace std::chrono_literals;
using sandbox::entity;
using test_support::further_files;
using test_support::swept;

constexpr std::string_view mapped_only = R"(
[[instance]]
name = "main"
username = "api-user@sandbox.example"
tracking_identifier = "SANDBOX0TRACKING0IDENTIFIER"
secret = "env:SECRET"
companies = "mapped"
)";

std::string config(const std::string& sections = {}) {
    return "[schedule]\nfull_every = \"0s\"\n" + sections + std::string(mapped_only);
}

std::string organization(std::int64_t company, const std::string& keys = {}) {
    const auto id = std::to_string(company);
    return "[[organization]]\nname = \"Client " + id + "\"\ncompany_id = " + id + "\n" + keys + "\n";
}

std::string with_match(std::int64_t company, const std::string& keys) {
    return organization(company, "[organization.match]\n" + keys);
}

std::string with_policy(std::int64_t company, const std::string& keys) {
    return organization(company, "[organization.policy]\n" + keys);
}

further_files files(const std::string& organizations, const std::string& aliases = {}) {
    return {{"organizations.toml", organizations}, {"aliases.csv", aliases}};
}

/// Hardly any generated data, and rows that a test adds. The companies of a test begin at 900.
struct world : test_support::sweep_world {
    explicit world(const std::string& text = config(), const further_files& others = {})
        : sweep_world({1, 1, 1}, text, others) {}

    void put(entity which, boost::json::object fields) {
        (void)sandbox::put_row(model().tenant(), which, fields, now()).value();
    }

    void company(std::int64_t id, boost::json::object more = {}) {
        more["id"] = id;
        more["companyName"] = "Company " + std::to_string(id);
        more["companyType"] = 1;
        more.insert({{"isActive", true}});
        put(entity::companies, std::move(more));
    }

    void contact(std::int64_t id, std::int64_t company, boost::json::object more) {
        more["id"] = id;
        more["companyID"] = company;
        more.insert({{"isActive", 1}, {"firstName", "First"}, {"lastName", "Last"}});
        put(entity::contacts, std::move(more));
    }

    void device(std::int64_t id, std::int64_t company, const std::string& last_user, boost::json::object more = {}) {
        more["id"] = id;
        more["companyID"] = company;
        more["isActive"] = true;
        more["productID"] = 9001;
        more["rmmDeviceAuditLastUser"] = last_user;
        more.insert({{"configurationItemType", 1}});
        put(entity::configuration_items, std::move(more));
    }

    /// A company with two people. A workstation, a server and an untyped device of Ann's have no contact; a workstation
    /// of hers has Bob.
    void office_of_two(std::int64_t id) {
        company(id);
        contact(id * 100 + 1, id, {{"emailAddress", "ann@c" + std::to_string(id) + ".example"}});
        contact(id * 100 + 2, id, {{"emailAddress", "bob@c" + std::to_string(id) + ".example"}});
        device(id * 100 + 1, id, "D\\ann");
        device(id * 100 + 2, id, "D\\ann", {{"configurationItemType", 2}});
        device(id * 100 + 3, id, "D\\ann", {{"configurationItemType", nullptr}});
        device(id * 100 + 4, id, "D\\ann", {{"contactID", id * 100 + 2}});
    }

    std::int64_t contact_of(std::int64_t device) { return test_support::stored_contacts(model().tenant()).at(device); }

    /// Which of the four devices of such a company are Ann's now.
    std::set<std::int64_t> anns(std::int64_t id) {
        std::set<std::int64_t> found;
        for (std::int64_t i = 1; i <= 4; ++i)
            if (contact_of(id * 100 + i) == id * 100 + 1)
                found.insert(i);
        return found;
    }

    /// What the audit log says of a device, by key; the last line counts.
    std::string told(std::int64_t device, const std::string& key) const {
        std::string found;
        for (const auto& text : audit()) {
            const auto line = boost::json::parse(text).as_object();
            if (line.contains("device_id") && line.at("device_id").as_int64() == device && line.contains(key))
                found = line.at(key).as_string();
        }
        return found;
    }
};

using devices = std::set<std::int64_t>;

} // namespace

TEST_CASE("settings of an organization hold for its company, and only there") {
    world made(config("[policy]\nbrake_percent = 100\n"),
               files(organization(900) + with_match(901, "device_types = [\"*\"]") +
                     with_match(902, "device_types = [\"none\"]") + with_match(903, "device_types = [2]") +
                     with_policy(904, "dry_run = true") + with_policy(905, "write = \"fill-empty\"") +
                     with_policy(906, "max_changes = 1") + with_policy(907, "brake_percent = 10\nbrake_minimum = 1") +
                     with_match(908, "device_types = [\"*\"]\nonly_fill = [\"local_part\"]") +
                     organization(909, "enabled = false")));
    for (std::int64_t id = 900; id <= 910; ++id)
        made.office_of_two(id);
    const auto one = made.sweep();
    CHECK(one.report.troubles.empty());
    CHECK(one.report.status() == contactd::exit_status::held);
    CHECK(made.anns(900) == devices{1, 4});
    CHECK(made.anns(901) == devices{1, 2, 3, 4});
    CHECK(made.anns(902) == devices{3});
    CHECK(made.anns(903) == devices{2});
    CHECK(made.anns(904).empty());
    CHECK(made.told(90401, "event") == "would_assign");
    CHECK(made.told(90404, "event") == "would_reassign");
    CHECK(made.anns(905) == devices{1});
    CHECK(made.told(90504, "reason") == "policy_keeps_existing");
    CHECK(made.anns(906) == devices{1});
    CHECK(made.told(90604, "reason") == "limit_reached");
    CHECK(made.anns(907).empty());
    CHECK(made.told(90704, "reason") == "held");
    CHECK(made.anns(908) == devices{1, 2, 3});
    CHECK(made.anns(909).empty());
    CHECK(made.anns(910).empty());
    CHECK(one.report.total.companies == 9);

    const auto second = made.sweep();
    CHECK(made.anns(906) == devices{1, 4});
    CHECK(second.counts.writes_stored == 1);
}

TEST_CASE("one organization can be written under a dry run of its instance") {
    world made(config("[policy]\ndry_run = true\nbrake_percent = 100\n"),
               files(organization(900) + with_policy(901, "dry_run = false")));
    made.office_of_two(900);
    made.office_of_two(901);
    made.sweep();
    CHECK(made.anns(900).empty());
    CHECK(made.told(90001, "event") == "would_assign");
    CHECK(made.anns(901) == devices{1, 4});
    CHECK(made.told(90101, "event") == "assigned");
}

TEST_CASE("what an organization would change in a dry run takes nothing from the limit of those that are written") {
    world made(config("[policy]\nmax_changes = 2\nbrake_percent = 100\n"),
               files(with_policy(900, "dry_run = true") + organization(901)));
    made.office_of_two(900);
    made.office_of_two(901);
    made.sweep();
    CHECK(made.anns(900).empty());
    CHECK(made.anns(901) == devices{1, 4});
}

TEST_CASE("who has left is known by every field that may have named him, whatever the rules of other clients ask for") {
    for (const char* fields : {"", "login_field = \"login name\"\n"}) {
        const bool names_field = *fields != '\0';
        world made(config("[policy]\nbrake_percent = 100\n"),
                   files(with_match(900, std::string("rules = [\"email\", \"flast\"]\n") + fields) +
                         with_match(901, "rules = [\"email\", \"flast\"]\n") + organization(902)));
        for (const std::int64_t id : {900, 901}) {
            made.company(id);
            // Leo Grossmann works there. Lena, Lars and Lotte did: known by her login, his second address, her third.
            made.contact(id * 100 + 1, id,
                         {{"firstName", "Leo"}, {"lastName", "Grossmann"}, {"emailAddress", "leo@x.example"}});
            made.contact(id * 100 + 2, id,
                         {{"firstName", "Leo"}, {"lastName", "Huber"}, {"emailAddress", "lh@x.example"}});
            made.contact(id * 100 + 3, id,
                         {{"firstName", "Leo"}, {"lastName", "Ivers"}, {"emailAddress", "li@x.example"}});
            made.contact(
                id * 100 + 4, id,
                {{"isActive", 0},
                 {"userDefinedFields", boost::json::array{{{"name", "login name"}, {"value", "lgrossmann"}}}}});
            made.contact(id * 100 + 5, id, {{"isActive", 0}, {"emailAddress2", "lhuber@x.example"}});
            made.contact(id * 100 + 6, id, {{"isActive", 0}, {"emailAddress3", "livers@x.example"}});
            made.device(id * 100 + 1, id, "D\\lgrossmann");
            made.device(id * 100 + 2, id, "D\\lhuber");
            made.device(id * 100 + 3, id, "D\\livers");
        }
        made.sweep();
        CHECK((made.contact_of(90001) != 0) == !names_field); // No field was named where he could be found.
        for (const std::int64_t device : {90002, 90003, 90102, 90103})
            CHECK(made.contact_of(device) == 0);
    }
}

TEST_CASE("every rule finds whom it is made for, says so in the audit log, and finds the same the second time") {
    const std::string every_rule =
        "rules = [\"email\", \"local_part\", \"alias\", \"login_field\", \"other_email\", \"other_local_part\", "
        "\"first.last\", \"firstlast\", \"flast\", \"firstl\", \"parent_email\", \"parent_local_part\"]\n"
        "login_field = \"login name\"\nalias_file = \"aliases.csv\"\n";
    for (const char* udfs : {"works", "ignored", "unknown"})
        for (const char* key : {"present", "absent"}) {
            INFO(udfs << ", " << key);
            world made(config("[policy]\nbrake_percent = 100\n"),
                       files(with_match(901, every_rule) + organization(902),
                             "company_id,account,contact\n901,D\\till,3\n901,door,thirteen@x.example\n902,till,1\n"));
            made.control("POST", "/switches",
                         "{\"udf_in_include_fields\":\"" + std::string(udfs) + "\",\"udfs_without_values\":\"" + key +
                             "\"}");
            made.company(900);
            made.company(901, {{"parentCompanyID", 900}});
            made.company(902, {{"parentCompanyID", 900}});
            made.contact(1, 901, {{"emailAddress", "one@x.example"}});
            made.contact(2, 901, {{"emailAddress", "two@x.example"}});
            made.contact(3, 901, {});
            made.contact(4, 901,
                         {{"userDefinedFields",
                           boost::json::array{boost::json::object{{"name", "Login name"}, {"value", "OLD\\Four4"}}}}});
            made.contact(5, 901, {{"emailAddress", "x@x.example"}, {"emailAddress2", "five@x.example"}});
            made.contact(6, 901, {{"emailAddress3", "six@y.example"}});
            made.contact(7, 901, {{"firstName", "Séven"}, {"lastName", "O'Hara"}});
            made.contact(8, 901, {{"firstName", "Eight"}, {"lastName", "Acht"}});
            made.contact(9, 901, {{"firstName", "Nina"}, {"lastName", "Neumann"}});
            made.contact(10, 901, {{"firstName", "Tina"}, {"lastName", "Zehn"}});
            made.contact(11, 900, {{"emailAddress", "eleven@p.example"}});
            made.contact(12, 900, {{"emailAddress", "twelve@p.example"}});
            made.contact(13, 901, {{"emailAddress", "thirteen@x.example"}});
            struct {
                const char* user;
                const char* rule;
                std::int64_t contact;
            } const rows[] = {
                {"one@x.example", "email", 1},
                {"D\\two", "local_part", 2},
                {"D\\till", "alias", 3},
                {"D\\door", "alias", 13},
                {"D\\four4", "login_field", 4},
                {"five@x.example", "other_email", 5},
                {"D\\SIX", "other_local_part", 6},
                {"D\\seven.ohara", "first.last", 7},
                {"D\\eightacht", "firstlast", 8},
                {"D\\nneumann", "flast", 9},
                {"D\\tinaz", "firstl", 10},
                {"eleven@p.example", "parent_email", 11},
                {"D\\twelve", "parent_local_part", 12},
            };
            std::int64_t device = 9000;
            for (const auto& row : rows) {
                made.device(device, 901, row.user);
                made.device(device + 100, 902, row.user);
                ++device;
            }
            const auto first = made.sweep();
            CHECK(first.report.troubles.empty());
            CHECK(first.report.changes.size() == std::size(rows));
            device = 9000;
            for (const auto& row : rows) {
                INFO(row.user);
                CHECK(made.contact_of(device) == row.contact);
                CHECK(made.told(device, "rule") == row.rule);
                CHECK(made.told(device, "event") == "assigned");
                CHECK(made.contact_of(device + 100) == 0); // Nobody of that name works there.
                ++device;
            }
            const auto second = made.sweep();
            CHECK(second.report.changes.empty());
            CHECK(second.report.counts.of(core::event::in_sync) == static_cast<std::int64_t>(std::size(rows)));
        }
}

TEST_CASE("an alias speaks of the company it names only, and its domain has to fit where it has one") {
    const std::string alias = "rules = [\"email\", \"local_part\", \"alias\"]\nalias_file = \"aliases.csv\"\n";
    world made(config("[policy]\nbrake_percent = 100\n"),
               files(with_match(901, alias) + with_match(902, alias),
                     "company_id,account,contact\n901,D\\till,90101\n902,till,90202\n901,gone,99\n"));
    made.office_of_two(901);
    made.office_of_two(902);
    made.device(1, 901, "D\\till");
    made.device(2, 901, "E\\till");
    made.device(3, 902, "E\\till");
    made.device(4, 901, "D\\gone");
    made.sweep();
    CHECK(made.contact_of(1) == 90101);
    CHECK(made.contact_of(2) == 0);
    CHECK(made.contact_of(3) == 90202);
    CHECK(made.contact_of(4) == 0);
}

TEST_CASE("rules of parents look at the direct parent, be it swept or not, active or shared by several children") {
    const std::string parent = "rules = [\"local_part\", \"parent_local_part\"]\n";
    world made(config("[policy]\nbrake_percent = 100\n"),
               files(organization(900) + with_match(901, parent) + with_match(902, parent) + organization(903) +
                     with_match(904, parent)));
    made.office_of_two(900); // The parent of 901 and 902, and swept itself.
    made.company(901, {{"parentCompanyID", 900}});
    made.company(902, {{"parentCompanyID", 900}});
    made.company(903, {{"parentCompanyID", 900}});
    made.company(904, {{"parentCompanyID", 901}}); // Ann is its grandparent's.
    made.contact(1, 902, {{"emailAddress", "ann@child.example"}});
    for (std::int64_t id = 901; id <= 904; ++id)
        made.device(id, id, "D\\ann");
    const auto one = made.sweep();
    CHECK(one.report.troubles.empty());
    CHECK(made.anns(900) == devices{1, 4});
    CHECK(made.contact_of(901) == 90001);
    CHECK(made.contact_of(902) == 1); // The nearer Ann.
    CHECK(made.contact_of(903) == 0);
    CHECK(made.contact_of(904) == 0);
}

TEST_CASE("of one organization only devices of a category are looked at, whatever the metadata say of categories") {
    for (const char* metadata : {"reference", "picklist"}) {
        world made(config("[policy]\nbrake_percent = 100\n"),
                   files(organization(900) + with_match(901, "device_categories = [\"Quick till\"]") +
                         with_match(902, "device_categories = [\"none\"]")));
        made.control("POST", "/switches", R"({"device_category":")" + std::string(metadata) + "\"}");
        made.put(entity::configuration_item_categories, {{"id", 950}, {"name", "Quick till"}, {"isActive", true}});
        for (std::int64_t id = 900; id <= 902; ++id) {
            made.company(id);
            made.contact(id, id, {{"emailAddress", "ann@c.example"}});
            made.device(id * 10, id, "D\\ann", {{"configurationItemCategoryID", 950}});
            made.device(id * 10 + 1, id, "D\\ann", {{"configurationItemCategoryID", 1}});
            made.device(id * 10 + 2, id, "D\\ann", {{"configurationItemCategoryID", nullptr}});
        }
        const auto one = made.sweep();
        CHECK(one.report.troubles.empty());
        const auto assigned = [&made](std::int64_t id) {
            std::set<std::int64_t> found;
            for (std::int64_t i = 0; i < 3; ++i)
                if (made.contact_of(id * 10 + i) == id)
                    found.insert(i);
            return found;
        };
        CHECK(assigned(900) == devices{0, 1, 2});
        CHECK(assigned(901) == devices{0});
        CHECK(assigned(902) == devices{2});
    }
}

TEST_CASE("devices without a last user are counted by the kinds that are looked at in each company") {
    world made(config("[policy]\nbrake_percent = 100\n"),
               files(organization(900) + with_match(901, "device_types = [\"*\"]") +
                     with_match(902, "device_types = [2]\ndevice_categories = [950]")));
    made.put(entity::configuration_item_categories, {{"id", 950}, {"name", "Till"}, {"isActive", true}});
    for (std::int64_t id = 900; id <= 902; ++id) {
        made.company(id);
        for (std::int64_t i = 0; i < 4; ++i) {
            made.device(id * 10 + i, id, "", {{"configurationItemType", 1 + i % 2}});
            made.put(entity::configuration_items, {{"id", id * 10 + i},
                                                   {"rmmDeviceAuditLastUser", nullptr},
                                                   {"configurationItemCategoryID", i < 2 ? 1 : 950}});
        }
    }
    const auto one = made.sweep();
    CHECK(one.report.counts.of(core::reason::no_last_user) == 2 + 4 + 1);
}

TEST_CASE("a label that means nothing leaves its company out, says which it is, and the others are swept") {
    world made(config("[policy]\nbrake_percent = 100\n"),
               files(organization(900) + with_match(901, "device_types = [\"Workstaton\"]") +
                     with_match(902, "rules = [\"login_field\"]\nlogin_field = \"Logon\"")));
    for (std::int64_t id = 900; id <= 902; ++id)
        made.office_of_two(id);
    const auto one = made.sweep();
    CHECK(one.report.status() == contactd::exit_status::failed);
    REQUIRE(one.report.troubles.size() == 2);
    CHECK(one.report.troubles[0].companies.front().id == core::company_id{901});
    CHECK(one.report.troubles[0].message.starts_with("device_types: "));
    CHECK(one.report.troubles[1].companies.front().id == core::company_id{902});
    CHECK(one.report.troubles[1].message.starts_with("login_field: "));
    CHECK(made.anns(900) == devices{1, 4});
    CHECK(made.anns(901).empty());
    CHECK(made.anns(902).empty());
}

TEST_CASE("however many companies have rules of their own, no question has more alternatives than the server takes") {
    std::string organizations;
    for (std::int64_t id = 175; id < 175 + 450; ++id)
        organizations += with_match(id, id % 2 == 0 ? "rules = [\"email\", \"local_part\", \"flast\", "
                                                      "\"other_email\", \"parent_local_part\"]\ndevice_types = [\"*\"]"
                                                    : "rules = [\"local_part\"]");
    test_support::sweep_world made({1, 450, 1'500, true}, "[policy]\nbrake_percent = 100\n" + std::string(mapped_only),
                                   files(organizations));
    REQUIRE(made.model().options().or_limit_counts == sandbox::or_counting::query);
    made.model().options().rmm_sync_touches_last_modified = true;
    test_support::office people(1, {&made.model()}, [&made] { return made.now(); });
    int in_part = 0;
    for (int i = 0; i < 5; ++i) {
        people.people_move(30);
        for (int j = 0; j < 20; ++j)
            people.something_happens();
        const auto one = made.sweep();
        INFO((one.report.troubles.empty() ? std::string() : one.report.troubles.front().message));
        CHECK(one.report.status() == contactd::exit_status::done);
        CHECK(one.report.total.companies_done >= 400);
        CHECK(one.warnings.empty());
        const auto& end = one.report.instances.front();
        in_part += end.devices_in_part && end.contacts_in_part ? 1 : 0;
        made.pass(30min);
    }
    CHECK(in_part > 0);
}
