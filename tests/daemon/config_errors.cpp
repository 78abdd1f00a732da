#include "config_support.hpp"

// What a user sees first: every message here is asserted to the letter.

namespace {

struct row {
    std::string text;
    std::string expected;
};

// Each text is followed by a sound instance.
template <std::size_t N>
void check_rows(const row (&rows)[N]) {
    for (const row& each : rows) {
        INFO(each.text);
        CHECK(errors_of(each.text + "\n" + small_instance) == each.expected);
    }
}

// Each text follows the keys of a sound instance, whose last line is 7.
template <std::size_t N>
void check_instance_rows(const row (&rows)[N]) {
    for (const row& each : rows) {
        INFO(each.text);
        CHECK(errors_of(small_instance + each.text + "\n") == each.expected);
    }
}

} // namespace

TEST_CASE("an unknown key is named with the nearest known one, or the section it belongs in") {
    const row rows[] = {
        {"[policy]\nmax_change = 5",
         "c.toml:2: policy.max_change: There is no key \"max_change\" in [policy]. Did you mean \"max_changes\"?"},
        {"[daemon]\ndry_run = true",
         "c.toml:2: daemon.dry_run: There is no key \"dry_run\" in [daemon]. It belongs in [policy]."},
        {"[policy]\nevery = \"3m\"",
         "c.toml:2: policy.every: There is no key \"every\" in [policy]. It belongs in [schedule]."},
        {"[policy]\nsecret = \"x\"",
         "c.toml:2: policy.secret: There is no key \"secret\" in [policy]. It belongs in [[instance]]."},
        {"[policy]\nstatus_listn = \"\"",
         "c.toml:2: policy.status_listn: There is no key \"status_listn\" in [policy]. Did "
         "you mean \"status_listen\"? It belongs in [daemon]."},
        {"[schedule]\ncolour = 1", "c.toml:2: schedule.colour: There is no key \"colour\" in [schedule]. "
                                   "Known here: \"every\", \"jitter\" and \"full_every\"."},
        {"dry_run = true",
         "c.toml:1: dry_run: There is no key \"dry_run\" outside of a section. It belongs in [policy]."},
        {"dry_rum = true",
         "c.toml:1: dry_rum: There is no key \"dry_rum\" outside of a section. Did you mean \"dry_run\"? "
         "It belongs in [policy]."},
        {"colour = 1",
         "c.toml:1: colour: There is no key \"colour\" outside of a section. Put it under the heading of its "
         "section, such as [policy]."},
        {"[polcy]\nx = 1", "c.toml:1: polcy: There is no section [polcy]. Did you mean [policy]?"},
        {"[instances]\nx = 1", "c.toml:1: instances: There is no section [instances]. Did you mean [[instance]]?"},
        {"[colours]",
         "c.toml:1: colours: There is no section [colours]. The sections are [daemon], [schedule], [match], "
         "[policy] and [[instance]]."},
        {"[policy]\n\"a\\nb\" = 1",
         "c.toml:2: policy.a?b: There is no key \"a?b\" in [policy]. Known here: \"dry_run\", "
         "\"write\", \"stable_sweeps\", \"stable_for\", \"shared_devices\", \"shared_users\", "
         "\"shared_window\", \"manual_changes\", "
         "\"max_changes\", \"brake_percent\" and \"brake_minimum\"."},
    };
    check_rows(rows);
    const row instance_rows[] = {
        {"secrets = 1",
         "c.toml:8: instance.secrets: There is no key \"secrets\" in [[instance]]. Did you mean \"secret\"?"},
        {"dry_run = true", "c.toml:8: instance.dry_run: There is no key \"dry_run\" in [[instance]]. It belongs in "
                           "[instance.policy], or in [policy] for every instance."},
        {"rules = []", "c.toml:8: instance.rules: There is no key \"rules\" in [[instance]]. It belongs in "
                       "[instance.match], or in [match] for every instance."},
        {"[instance.policy]\nzone = \"auto\"", "c.toml:9: instance.policy.zone: There is no key \"zone\" in "
                                               "[instance.policy]. It belongs in [[instance]]; move it above "
                                               "[instance.policy]."},
        {"[instance.match]\nwrite = \"reassign\"", "c.toml:9: instance.match.write: There is no key \"write\" in "
                                                   "[instance.match]. It belongs in [instance.policy]."},
        {"[instance.polcy]",
         "c.toml:8: instance.polcy: There is no key \"polcy\" in [[instance]]. Did you mean \"policy\"?"},
    };
    check_instance_rows(instance_rows);
}

TEST_CASE("a value of the wrong kind is answered with the right one") {
    const row rows[] = {
        {"[policy]\ndry_run = \"true\"",
         "c.toml:2: policy.dry_run: This is a text, but must be true or false, without quotes."},
        {"[policy]\nmax_changes = 1.5",
         "c.toml:2: policy.max_changes: This is a number with a fraction, but must be an integer."},
        {"[policy]\nmax_changes = \"5\"", "c.toml:2: policy.max_changes: This is a text, but must be an integer."},
        {"[policy]\nbrake_percent = \"30%\"",
         "c.toml:2: policy.brake_percent: This is a text, but must be a number from 0 to 100."},
        {"[policy]\nwrite = true", "c.toml:2: policy.write: This is true or false, but must be a text in quotes."},
        {"[schedule]\nevery = 30",
         "c.toml:2: schedule.every: This is an integer, but must be a duration in quotes, such as \"30m\"."},
        {"[schedule]\nevery = 07:30:00",
         "c.toml:2: schedule.every: This is a date or time, but must be a duration in quotes, such as \"30m\"."},
        {"[match]\nrules = \"email\"",
         "c.toml:2: match.rules: This is a text, but must be an array of rules, such as \"email\" "
         "and \"local_part\". Put it in square brackets, also when there is only one."},
        {"[match]\ninclude_devices = [1]",
         "c.toml:2: match.include_devices: One of the values is an integer, but this must "
         "be an array of hostnames, in which \"*\" and \"?\" may stand for anything."},
        {"policy = 3",
         "c.toml:1: policy: This is an integer, but must be a section. Write [policy] on a line of its own, "
         "and its keys below."},
        {"[[policy]]\nwrite = \"reassign\"",
         "c.toml:1: policy: This is an array, but must be a section. Write [policy] on a "
         "line of its own, and its keys below."},
    };
    check_rows(rows);
    CHECK(errors_of("[instance]\nname = \"main\"\n") ==
          "c.toml:1: instance: [instance] has single brackets, but there can be several. Write [[instance]].");
    CHECK(errors_of("instance = [1]\n") ==
          "c.toml:1: instance: This is an integer, but must be a section that begins with [[instance]].");
    CHECK(errors_of("instance = 1\n") ==
          "c.toml:1: instance: This is an integer, but must be a section that begins with [[instance]].");
}

TEST_CASE("a value out of its range is answered with the range") {
    const row rows[] = {
        {"[schedule]\nevery = \"0s\"",
         "c.toml:2: schedule.every: \"0s\" is too short. It may be from \"1s\" to \"7d\"."},
        {"[schedule]\nevery = \"8d\"",
         "c.toml:2: schedule.every: \"8d\" is too long. It may be from \"1s\" to \"7d\"."},
        {"[schedule]\nevery = \"30\"",
         "c.toml:2: schedule.every: \"30\" has no unit. Write \"30s\", \"30m\", \"30h\" or \"30d\"."},
        {"[schedule]\njitter = \"31m\"",
         "c.toml:2: schedule.jitter: \"31m\" is longer than the time between two sweeps, "
         "\"30m\". Write \"30m\" at most."},
        {"[policy]\nbrake_percent = 100.5",
         "c.toml:2: policy.brake_percent: 100.5 is not a percentage. Write a number from 0 to 100."},
        {"[policy]\nbrake_percent = -1",
         "c.toml:2: policy.brake_percent: -1 is not a percentage. Write a number from 0 to "
         "100."},
        {"[policy]\nbrake_percent = nan",
         "c.toml:2: policy.brake_percent: nan is not a percentage. Write a number from 0 to "
         "100."},
        {"[policy]\nbrake_minimum = -1", "c.toml:2: policy.brake_minimum: -1 is too small. The least is 0."},
        {"[policy]\nmax_changes = -1", "c.toml:2: policy.max_changes: -1 is too small. The least is 0."},
        {"[policy]\nstable_sweeps = 0", "c.toml:2: policy.stable_sweeps: 0 is too small. The least is 1."},
        {"[match]\ndevice_types = [-1]", "c.toml:2: match.device_types: -1 is not an id. Ids are not negative."},
    };
    check_rows(rows);
    const row instance_rows[] = {
        {"hourly_share = 0",
         "c.toml:8: instance.hourly_share: 0 is not a share. Write a number above 0 and up to 1, such as "
         "0.5 for half."},
        {"hourly_share = 50",
         "c.toml:8: instance.hourly_share: 50 is not a share. If you meant 50 percent, write 0.5."},
        {"hourly_share = inf",
         "c.toml:8: instance.hourly_share: inf is not a share. Write a number above 0 and up to 1, "
         "such as 0.5 for half."},
    };
    check_instance_rows(instance_rows);
}

TEST_CASE("an unknown word is answered with the known ones") {
    const row rows[] = {
        {"[daemon]\nlog_level = \"inf\"",
         "c.toml:2: daemon.log_level: \"inf\" is not a value of this key. Did you mean "
         "\"info\"? It takes \"trace\", \"debug\", \"info\", \"warn\" or \"error\"."},
        {"[policy]\nwrite = \"fill_emty\"",
         "c.toml:2: policy.write: \"fill_emty\" is not a value of this key. Did you mean "
         "\"fill-empty\"? It takes \"reassign\" or \"fill-empty\"."},
        {"[policy]\nwrite = \"\"", "c.toml:2: policy.write: \"\" is not a value of this key. It takes \"reassign\" or "
                                   "\"fill-empty\"."},
        {"[policy]\nmanual_changes = \"sometimes\"",
         "c.toml:2: policy.manual_changes: \"sometimes\" is not a value of this "
         "key. It takes \"until_user_changes\", \"always\" or \"never\"."},
        {"[match]\nrules = [\"emial\"]",
         "c.toml:2: match.rules: \"emial\" is not a value of this key. Did you mean "
         "\"email\"? It takes \"email\", \"local_part\", \"alias\", \"login_field\", "
         "\"other_email\", \"other_local_part\", \"first.last\", \"firstlast\", \"flast\", "
         "\"firstl\", \"parent_email\" or \"parent_local_part\"."},
        {"[match]\nemail_fields = [\"email\"]",
         "c.toml:2: match.email_fields: \"email\" is not a value of this key. It takes "
         "\"emailAddress\", \"emailAddress2\" or \"emailAddress3\"."},
    };
    check_rows(rows);
    const row instance_rows[] = {
        {"zone = \"https://host\"",
         "c.toml:8: instance.zone: This URL has no path. Write \"auto\", or the base URL of the "
         "zone, like \"https://webservices3.autotask.net/ATServicesRest/\"."},
        {"ca_file = \"ca.pem\"",
         "c.toml:8: instance.ca_file: \"ca.pem\" is not an absolute path. Begin it with \"/\"."},
    };
    check_instance_rows(instance_rows);
}

TEST_CASE("a list that would match nothing, or says the same twice, is refused") {
    const row rows[] = {
        {"[match]\nrules = []",
         "c.toml:2: match.rules: The list is empty. Name at least one rule; without any, no device "
         "could get a contact."},
        {"[match]\nrules = [\"email\", \"email\"]",
         "c.toml:2: match.rules: \"email\" is in the list twice. Remove one."},
        {"[match]\ndevice_types = []",
         "c.toml:2: match.device_types: The list is empty. Name some, or write [\"*\"] for every device."},
        {"[match]\ndevice_types = [1, \"1\"]", "c.toml:2: match.device_types: \"1\" is in the list twice. Remove one."},
        {"[match]\ndevice_types = [\"*\", 1]",
         "c.toml:2: match.device_types: \"*\" stands for every device already. Leave "
         "out the others, or the \"*\"."},
        {"[match]\ninclude_devices = []", "c.toml:2: match.include_devices: The list is empty. Write [\"*\"] for every "
                                          "device; with an empty list there would be none."},
        {"[match]\nexclude_devices = [\"\"]",
         "c.toml:2: match.exclude_devices: One of the values is empty. Remove it."},
        {"[match]\nemail_fields = []",
         "c.toml:2: match.email_fields: The list is empty. Name at least one field; the usual "
         "one is \"emailAddress\"."},
        {"[match]\nignored_accounts = [\n\"a\",\n\"b\",\n\"a\"]",
         "c.toml:5: match.ignored_accounts: \"a\" is in the list twice. Remove one."},
    };
    check_rows(rows);
}

TEST_CASE("a condition on companies is checked before the server can misread it") {
    const std::string operators =
        "The operators are \"eq\", \"noteq\", \"gt\", \"gte\", \"lt\", \"lte\", \"beginsWith\", "
        "\"endsWith\", \"contains\", \"exist\", \"notExist\", \"in\" and \"notIn\".";
    const std::string like = "Write it like { field = \"companyType\", op = \"eq\", value = \"Customer\" }.";
    const std::string key = "c.toml:8: instance.company_filter";
    const row rows[] = {
        {"company_filter = [ { field = \"a\", op = \"begins_with\", value = 1 } ]",
         key + ".op: \"begins_with\" is not an operator. Did you mean \"beginsWith\"? " + operators},
        {"company_filter = [ { field = \"a\", op = \"!=\", value = 1 } ]",
         key + ".op: \"!=\" is not an operator. Did you mean \"noteq\"? " + operators},
        {"company_filter = [ { field = \"a\", op = \"like\", value = 1 } ]",
         key + ".op: \"like\" is not an operator. " + operators},
        {"company_filter = [ { field = \"a\", op = 1, value = 1 } ]",
         key + ".op: This is an integer, but must be an operator in quotes, such as \"eq\"."},
        {"company_filter = [ { field = \"a\", value = 1 } ]", key + ".op: This condition has no operator. " + like},
        {"company_filter = [ { op = \"eq\", value = 1 } ]", key + ".field: This condition names no field. " + like},
        {"company_filter = [ { field = 1, op = \"eq\", value = 1 } ]",
         key + ".field: This is an integer, but must be the name of a field in quotes."},
        {"company_filter = [ { field = \"Client class\", op = \"eq\", value = 1 } ]",
         key + ".field: \"Client class\" cannot be the name of a field. Use the name of the API, such as "
               "\"companyType\"; for "
               "a user-defined field, add udf = true."},
        {"company_filter = [ { field = \"a\", op = \"exist\", value = 1 } ]",
         key + ".value: The operator \"exist\" takes no value. Remove it."},
        {"company_filter = [ { field = \"a\", op = \"eq\" } ]",
         key + ".value: The operator \"eq\" needs a value. " + like},
        {"company_filter = [ { field = \"a\", op = \"EQ\", value = [1] } ]",
         key + ".value: The operator \"eq\" takes one value, not an array. Write one value without brackets, or use "
               "\"in\" or "
               "\"notIn\"."},
        {"company_filter = [ { field = \"a\", op = \"in\", value = 1 } ]",
         key + ".value: The operator \"in\" takes an array of at least one value. Write it like value = [1, 2]."},
        {"company_filter = [ { field = \"a\", op = \"notIn\", value = [] } ]",
         key + ".value: The operator \"notIn\" takes an array of at least one value. Write it like value = [1, 2]."},
        {"company_filter = [ { field = \"a\", op = \"in\", value = [[1]] } ]",
         key + ".value: This is an array, but must be a text in quotes, a number, true or false."},
        {"company_filter = [ { field = \"a\", op = \"gt\", value = 2026-01-31 } ]",
         key + ".value: This is a date or time, but must be a text in quotes, such as \"2026-01-31T00:00:00Z\"."},
        {"company_filter = [ { field = \"a\", op = \"gt\", value = inf } ]",
         key + ".value: This number is not finite. Write an ordinary one."},
        {"company_filter = [ { field = \"a\", op = \"eq\", value = 1, values = 2 } ]",
         key + ".values: There is no key \"values\" in a condition. Did you mean \"value\"?"},
        {"company_filter = [ { field = \"a\", op = \"eq\", value = 1, udf = 1 } ]",
         key + ".udf: This is an integer, but must be true or false, without quotes."},
        {"company_filter = { field = \"a\" }",
         key + ": This is a section or table, but must be an array of conditions. Write "
               "it like [ { field = \"companyType\", op = \"eq\", value = \"Customer\" } ]."},
        {"company_filter = [ 1 ]", key + ": One of the conditions is an integer. " + like},
    };
    check_instance_rows(rows);
}

TEST_CASE("a key without which no instance works is missed at the line of the instance") {
    CHECK(
        errors_of("\n[[instance]]\n") ==
        "c.toml:2: instance.name: This key is missing in the [[instance]] that begins here. Add a short name of your "
        "own, "
        "such as name = \"main\".\n"
        "c.toml:2: instance.username: This key is missing in the [[instance]] that begins here. Add the user name of "
        "the "
        "API user in Autotask.\n"
        "c.toml:2: instance.tracking_identifier: This key is missing in the [[instance]] that begins here. Add the API "
        "tracking identifier that Autotask shows for the API user.\n"
        "c.toml:2: instance.secret: This key is missing in the [[instance]] that begins here. Add where the secret is: "
        "\"credential:NAME\", \"file:/absolute/path\" or \"env:NAME\".");
}

TEST_CASE("a file without an instance has nothing to work on") {
    const std::string expected =
        "c.toml: instance: There is no [[instance]] in the file, so there is nothing to work on. Add "
        "one; \"contactd config default\" shows what belongs in it.";
    CHECK(errors_of("") == expected);
    CHECK(errors_of("instance = []\n") == expected);
}

TEST_CASE("two instances cannot share a name") {
    CHECK(errors_of(small_instance + small_instance) == "c.toml:9: instance.name: \"main\" is the name of the instance "
                                                        "in line 2 already. Give each instance a name of its "
                                                        "own.");
}

TEST_CASE("everything that is wrong is said at once, in the order of the lines") {
    CHECK(errors_of("[[instance]]\nname = \"a b\"\nusername = \"u\"\ntracking_identifier = \"t\"\nsecret = \"env:X\"\n"
                    "[schedule]\nevery = 5\n[daemon]\nlog_level = \"x\"\n") ==
          "c.toml:2: instance.name: \"a b\" cannot be the name of an instance. Use up to 64 letters, digits, \"-\", "
          "\"_\" and "
          "\".\", beginning with a letter or digit.\n"
          "c.toml:7: schedule.every: This is an integer, but must be a duration in quotes, such as \"30m\".\n"
          "c.toml:9: daemon.log_level: \"x\" is not a value of this key. It takes \"trace\", \"debug\", \"info\", "
          "\"warn\" or "
          "\"error\".");
}

TEST_CASE("an error keeps file, line, key, fault and remedy apart") {
    const auto read = read_text("[policy]\nbrake_minimum = -1\n" + small_instance);
    REQUIRE_FALSE(read);
    REQUIRE(read.error().size() == 1);
    const auto& error = read.error().front();
    CHECK(error.file == "c.toml");
    CHECK(error.line == 2);
    CHECK(error.column == 0);
    CHECK(error.key == "policy.brake_minimum");
    CHECK(error.what == "-1 is too small.");
    CHECK(error.remedy == "The least is 0.");
}

TEST_CASE("a directory from the environment must be absolute like one from the file") {
    const auto variables = contactd::fixed_environment({{"STATE_DIRECTORY", "state"}});
    const auto read = read_text(small_instance, variables);
    REQUIRE_FALSE(read);
    CHECK(read.error().front().text() == "c.toml: daemon.state_dir: The environment variable $STATE_DIRECTORY does not "
                                         "hold an absolute path. Correct or "
                                         "unset it, or set the key in the file.");
    CHECK(read_text("[daemon]\nstate_dir = \"/state\"\n" + small_instance, variables));
}

TEST_CASE("the limits of what a policy can wait for and count are named") {
    const row rows[] = {
        {"[policy]\nstable_sweeps = 0", "c.toml:2: policy.stable_sweeps: 0 is too small. The least is 1."},
        {"[policy]\nshared_users = 0", "c.toml:2: policy.shared_users: 0 is too small. The least is 1."},
        {"[policy]\nstable_sweeps = 3\nstable_for = \"48h\"\nshared_devices = \"skip\"\nshared_users = 5\n"
         "shared_window = \"14d\"\nmanual_changes = \"always\"",
         "accepted"},
    };
    check_rows(rows);
}

TEST_CASE("a file that cannot be read says why and what to do") {
    const auto variables = contactd::fixed_environment({});
    const auto missing = contactd::read_config("/nonexistent/contactd.toml", variables);
    REQUIRE_FALSE(missing);
    CHECK(missing.error().front().text() == "/nonexistent/contactd.toml: The file cannot be read: No such file or "
                                            "directory. Create it from \"contactd config "
                                            "default\", or name another one with --config.");
    const auto directory = contactd::read_config("/tmp", variables);
    REQUIRE_FALSE(directory);
    CHECK(directory.error().front().text() ==
          "/tmp: This is not a regular file. Name the configuration file with --config.");
}
