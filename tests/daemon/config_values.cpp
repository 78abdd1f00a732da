#include "config_support.hpp"

using namespace std::chrono_literals;
using contactd::names;

TEST_CASE("where the file is silent, the defaults of the documentation hold") {
    const contactd::config read = config_of(small_instance);
    CHECK(read.file == "c.toml");
    CHECK(read.daemon.state_dir.value == "/var/lib/contactd");
    CHECK(read.daemon.audit_log.value == "/var/log/contactd/audit.jsonl");
    CHECK(read.daemon.log_level.value == "info");
    CHECK(read.daemon.status_listen.value == "127.0.0.1:9646");
    CHECK(read.schedule.every.value == 30min);
    CHECK(read.schedule.jitter.value == 2min);
    REQUIRE(read.instances.size() == 1);
    const contactd::instance_settings& instance = read.instances.front();
    CHECK(instance.zone.value == "auto");
    CHECK(instance.zone_discovery_url.value == "https://webservices.autotask.net/ATServicesRest/");
    CHECK(instance.ca_file.value.empty());
    CHECK(instance.include_tags.value.empty());
    CHECK(instance.exclude_tags.value.empty());
    CHECK(instance.exclude_companies.value.empty());
    CHECK(instance.hourly_share.value == 0.5);
    REQUIRE(instance.company_filter.value.size() == 1);
    const autotask::condition& customers = instance.company_filter.value.front();
    CHECK(customers.field == "companyType");
    CHECK(customers.op == autotask::filter_op::eq);
    CHECK((customers.values == std::vector<autotask::filter_value>{std::string("Customer")}));
    CHECK_FALSE(customers.user_defined);
    CHECK(instance.match.rules.value == names{"email", "local_part"});
    CHECK(instance.match.device_types.value == names{"1"});
    CHECK(instance.match.include_devices.value == names{"*"});
    CHECK(instance.match.exclude_devices.value.empty());
    CHECK(instance.match.email_fields.value == names{"emailAddress"});
    CHECK(instance.match.ignored_accounts.value.empty());
    CHECK(instance.match.ignored_authorities.value.empty());
    CHECK_FALSE(instance.policy.dry_run.value);
    CHECK(instance.policy.write.value == core::write_policy::reassign);
    CHECK(instance.policy.stable_sweeps.value == 1);
    CHECK(instance.policy.stable_for.value == 0s);
    CHECK(instance.policy.shared.value == contactd::shared_devices::assign);
    CHECK(instance.policy.manual.value == contactd::manual_changes::until_user_changes);
    CHECK(instance.policy.max_changes.value == 0);
    CHECK(instance.policy.brake_percent.value == 30);
    CHECK(instance.policy.brake_minimum.value == 10);
    for (const std::string& origin :
         {read.daemon.state_dir.origin, read.daemon.audit_log.origin, read.schedule.every.origin, instance.zone.origin,
          instance.company_filter.origin, instance.match.rules.origin, instance.policy.write.origin})
        CHECK(origin == "default");
    CHECK(instance.name.origin == "line 2");
    CHECK(instance.secret.origin == "line 5");
}

TEST_CASE("companies are the mapped ones unless the file says all") {
    CHECK(config_of("[[instance]]\nname = \"a\"\nusername = \"u\"\ntracking_identifier = \"t\"\nsecret = \"env:X\"\n")
              .instances.front()
              .companies.value == contactd::company_choice::mapped);
    CHECK(config_of(small_instance).instances.front().companies.value == contactd::company_choice::all);
}

TEST_CASE("a directory comes from the file, or else from systemd, or else from the package") {
    struct row {
        std::string text;
        contactd::environment variables;
        std::string state_dir, state_origin, audit_log, audit_origin;
    };
    const auto systemd = contactd::fixed_environment({{"STATE_DIRECTORY", "/s/one:/s/two"}, {"LOGS_DIRECTORY", "/l"}});
    const auto empty = contactd::fixed_environment({{"STATE_DIRECTORY", ""}, {"LOGS_DIRECTORY", ""}});
    const std::string daemon = "[daemon]\nstate_dir = \"/mine\"\naudit_log = \"/mine.jsonl\"\n";
    const row rows[] = {
        {"", contactd::fixed_environment({}), "/var/lib/contactd", "default", "/var/log/contactd/audit.jsonl",
         "default"},
        {"", empty, "/var/lib/contactd", "default", "/var/log/contactd/audit.jsonl", "default"},
        {"", systemd, "/s/one", "$STATE_DIRECTORY", "/l/audit.jsonl", "$LOGS_DIRECTORY"},
        {daemon, systemd, "/mine", "line 2", "/mine.jsonl", "line 3"},
    };
    for (const row& each : rows) {
        const auto read = read_text(each.text + small_instance, each.variables);
        REQUIRE(read);
        CHECK(read->settings.daemon.state_dir.value == each.state_dir);
        CHECK(read->settings.daemon.state_dir.origin == each.state_origin);
        CHECK(read->settings.daemon.audit_log.value == each.audit_log);
        CHECK(read->settings.daemon.audit_log.origin == each.audit_origin);
    }
}

TEST_CASE("the innermost value wins, key by key, and says where it stands") {
    std::string other = small_instance;
    other.replace(other.find("\"main\""), 6, "\"other\"");
    const contactd::config read = config_of("[match]\n"
                                            "device_types = [1, \"Laptop\", \"none\"]\n"
                                            "[policy]\n"
                                            "brake_percent = 20\n"
                                            "brake_minimum = 5\n" +
                                            small_instance + // Lines 6 to 12.
                                            "[instance.match]\n"
                                            "rules = [\"local_part\"]\n"
                                            "[instance.policy]\n"
                                            "brake_percent = 12.5\n" +
                                            other);
    REQUIRE(read.instances.size() == 2);
    const contactd::instance_settings& first = read.instances[0];
    const contactd::instance_settings& second = read.instances[1];
    CHECK(first.match.rules.value == names{"local_part"});
    CHECK(first.match.rules.origin == "line 14");
    CHECK(first.match.device_types.value == names{"1", "Laptop", "none"});
    CHECK(first.match.device_types.origin == "line 2");
    CHECK(first.policy.brake_percent.value == 12.5);
    CHECK(first.policy.brake_percent.origin == "line 16");
    CHECK(first.policy.brake_minimum.value == 5);
    CHECK(first.policy.brake_minimum.origin == "line 5");
    CHECK(second.match.rules.origin == "default");
    CHECK(second.policy.brake_percent.value == 20);
    CHECK(second.policy.brake_percent.origin == "line 4");
}

TEST_CASE("the default jitter gives way to a shorter interval") {
    const contactd::config read = config_of("[schedule]\nevery = \"5s\"\n" + small_instance);
    CHECK(read.schedule.every.value == 5s);
    CHECK(read.schedule.jitter.value == 5s);
    CHECK(read.schedule.jitter.origin == "default");
}

TEST_CASE("every kind of value arrives") {
    const contactd::config read = config_of("[daemon]\nlog_level = \"debug\"\nstatus_listen = \"\"\n"
                                            "[schedule]\nevery = \"1h30m\"\njitter = \"0s\"\n"
                                            "[policy]\ndry_run = true\nwrite = \"fill-empty\"\nmax_changes = 25\n"
                                            "brake_percent = 0\n" +
                                            small_instance +
                                            "zone = \"https://localhost:8443/ATServicesRest\"\n"
                                            "zone_discovery_url = \"https://localhost:8443/ATServicesRest/\"\n"
                                            "ca_file = \"/etc/ssl/ca.pem\"\n"
                                            "exclude_companies = [0, \"Müller & Söhne\"]\n"
                                            "hourly_share = 1\n"
                                            "company_filter = [\n"
                                            "  { field = \"isActive\", op = \"eq\", value = true },\n"
                                            "  { field = \"id\", op = \"IN\", value = [1, 2.5, \"x\"] },\n"
                                            "  { field = \"Client class\", op = \"exist\", udf = true },\n"
                                            "]\n");
    CHECK(read.daemon.log_level.value == "debug");
    CHECK(read.daemon.status_listen.value.empty());
    CHECK(read.schedule.every.value == 90min);
    CHECK(read.schedule.jitter.value == 0s);
    const contactd::instance_settings& instance = read.instances.front();
    CHECK(instance.policy.dry_run.value);
    CHECK(instance.policy.write.value == core::write_policy::fill_empty);
    CHECK(instance.policy.max_changes.value == 25);
    CHECK(instance.policy.brake_percent.value == 0);
    // Whoever appends a path to a base URL can rely on the slash.
    CHECK(instance.zone.value == "https://localhost:8443/ATServicesRest/");
    CHECK(instance.zone_discovery_url.value == "https://localhost:8443/ATServicesRest/");
    CHECK(instance.ca_file.value == "/etc/ssl/ca.pem");
    CHECK(instance.exclude_companies.value == names{"0", "Müller & Söhne"});
    CHECK(instance.hourly_share.value == 1);
    const auto& filter = instance.company_filter.value;
    REQUIRE(filter.size() == 3);
    CHECK((filter[0].values == std::vector<autotask::filter_value>{true}));
    CHECK(filter[1].op == autotask::filter_op::in);
    CHECK((filter[1].values == std::vector<autotask::filter_value>{std::int64_t{1}, 2.5, std::string("x")}));
    CHECK(filter[2].field == "Client class");
    CHECK(filter[2].user_defined);
    CHECK(filter[2].values.empty());
}

TEST_CASE("an empty company filter lifts the default one") {
    const auto read = config_of(small_instance + "company_filter = []\n");
    CHECK(read.instances.front().company_filter.value.empty());
    CHECK(read.instances.front().company_filter.origin == "line 8");
}

TEST_CASE("a file written on Windows, or with a byte order mark, is read like any other") {
    std::string windows;
    for (char c : small_instance)
        windows += c == '\n' ? std::string("\r\n") : std::string(1, c);
    CHECK(config_of(windows).instances.front().secret.origin == "line 5");
    CHECK(config_of("\xef\xbb\xbf" + small_instance).instances.front().name.value == "main");
}

TEST_CASE("a usable configuration that does nothing useful comes with a warning") {
    const auto warnings_of = [](const std::string& text) {
        const auto read = read_text(text);
        REQUIRE(read);
        std::string result;
        for (const auto& warning : read->warnings)
            result.append(result.empty() ? "" : "\n").append(warning.text());
        return result;
    };
    CHECK(warnings_of(small_instance).empty());
    std::string mapped = small_instance;
    mapped.replace(mapped.find("\"all\""), 5, "\"mapped\"");
    const std::string covers_none =
        "instance.companies: The instance \"main\" covers mapped companies only, and no organization in "
        "organizations.toml is mapped to one of them, so it covers none. Map some with \"contactd companies suggest\", "
        "or set "
        "companies = \"all\" to cover every company that company_filter passes.";
    CHECK(warnings_of(mapped) == "c.toml:6: " + covers_none);
    mapped.erase(mapped.find("companies"), std::string("companies = \"mapped\"\n").size());
    CHECK(warnings_of(mapped) == "c.toml:2: " + covers_none);
    const std::string dry =
        "c.toml:2: policy.dry_run: The instance \"main\" is in a dry run, so nothing is written. Set it to "
        "false when the plan looks right.";
    CHECK(warnings_of("[policy]\ndry_run = true\n" + small_instance) == dry);
    CHECK(warnings_of("[policy]\ndry_run = true\n" + small_instance + "[instance.policy]\ndry_run = false\n").empty());
    std::string example = small_instance;
    example.replace(example.find("api@msp.example"), 15, "api-user@example.com");
    example.replace(example.find("TRACKING"), 8, "ABCDEFGHIJKLMNOPQRSTUVWXYZ1");
    CHECK(warnings_of(example) == "c.toml:3: instance.username: The instance \"main\" still has the user name of the "
                                  "example. Put in the one of your "
                                  "API user.\n"
                                  "c.toml:4: instance.tracking_identifier: The instance \"main\" still has the "
                                  "tracking identifier of the example. "
                                  "Put in the one of your API user.");
}
