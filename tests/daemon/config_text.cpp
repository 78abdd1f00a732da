#include "config_same.hpp"
#include "config_support.hpp"

#include "daemon/config/config_text.hpp"
#include "daemon/config/known_keys.hpp"
#include "daemon/config/toml_write.hpp"

#include <array>

using namespace std::string_view_literals;

namespace {

constexpr std::array accounts{"administrator"sv, "gast\"konto"sv};
constexpr std::array authorities{"nt authority"sv, "vordefiniert"sv};

std::string show(const contactd::config& settings) {
    return contactd::effective_config_text(settings, accounts, authorities);
}

std::string without(std::string text, const std::string& part) {
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part))
        text.erase(at, part.size());
    return text;
}

// A file in which no value is the default.
const std::string everything = R"([daemon]
state_dir = "/srv/contactd"
audit_log = "/srv/audit \"log\".jsonl"
log_level = "trace"
status_listen = "[::1]:1"
organizations = "clients/all.toml"
[schedule]
every = "1h1s"
jitter = "0s"
[match]
rules = ["local_part", "login_field", "alias", "first.last"]
only_fill = ["first.last"]
login_field = "Login \"name\""
alias_file = "/srv/aliases.csv"
device_categories = [7, "Laptop", "none"]
device_types = [3, "007", "Laptop \\ Notebook", "none"]
include_devices = ["LAP-*", "ß?"]
exclude_devices = ["*-TEST"]
email_fields = ["emailAddress3", "emailAddress"]
ignored_accounts = ["scan*"]
ignored_authorities = ["KIOSK"]
[policy]
dry_run = true
write = "fill-empty"
stable_sweeps = 3
stable_for = "2d"
shared_devices = "skip"
shared_users = 4
shared_window = "7d"
manual_changes = "never"
max_changes = 9223372036854775807
brake_percent = 33.3
brake_minimum = 0
[[instance]]
name = "emea.1"
username = "a \"b\" # c"
tracking_identifier = "T\\"
secret = "file:/etc/contactd/secret"
zone = "https://webservices16.autotask.net/ATServicesRest/"
zone_discovery_url = "https://localhost:8443/ATServicesRest/"
ca_file = "/ca.pem"
companies = "all"
company_filter = [
  { field = "a", op = "noteq", value = -3 },
  { field = "b", op = "lt", value = 30.0 },
  { field = "b", op = "gt", value = 1e300 },
  { field = "c", op = "in", value = [true, "tab\there", 0.1] },
  { field = "d e", op = "notExist", udf = true },
]
exclude_companies = [0, 12, "Acme, Inc."]
include_tags = ["gold"]
exclude_tags = ["project only"]
hourly_share = 0.0000001
[instance.schedule]
every = "7m"
jitter = "3s"
full_every = "2h"
[instance.policy]
brake_minimum = 3
[[instance]]
name = "apac"
username = "u"
tracking_identifier = "t"
secret = "env:SECRET"
company_filter = []
)";

const other_files files{{"/srv/aliases.csv", "instance,company_id,account,contact\n"}};

} // namespace

TEST_CASE("the default file is accepted and gives exactly the defaults") {
    const contactd::config read = config_of(contactd::default_config_text());
    const contactd::config silent = config_of("[[instance]]\nname = \"main\"\nusername = \"api-user@example.com\"\n"
                                              "tracking_identifier = \"ABCDEFGHIJKLMNOPQRSTUVWXYZ1\"\n"
                                              "secret = \"credential:main\"\n");
    check_same_values(read, silent);
}

TEST_CASE("the default file leaves the directories to systemd, and names the ones of the package") {
    const auto variables = contactd::fixed_environment({{"STATE_DIRECTORY", "/s"}, {"LOGS_DIRECTORY", "/l"}});
    const auto read = read_text(contactd::default_config_text(), variables);
    REQUIRE(read);
    CHECK(read->settings.daemon.state_dir.value == "/s");
    CHECK(read->settings.daemon.audit_log.value == "/l/audit.jsonl");
    std::string uncommented = contactd::default_config_text();
    for (const std::string key : {"# state_dir", "# audit_log"})
        uncommented.erase(uncommented.find(key), 2);
    check_same_values(config_of(uncommented), config_of(contactd::default_config_text()));
    CHECK(config_of(uncommented).daemon.state_dir.origin != "default");
}

TEST_CASE("the default file and the shown configuration have every known key") {
    const std::string texts[] = {contactd::default_config_text(), show(config_of(everything, files))};
    for (const std::string& text : texts)
        for (const auto kind :
             {contactd::section_kind::daemon, contactd::section_kind::schedule, contactd::section_kind::match,
              contactd::section_kind::policy, contactd::section_kind::instance}) {
            for (std::string_view key : contactd::known_keys(kind)) {
                if (key == "match" || key == "policy" || key == "schedule")
                    continue;
                INFO(key);
                const std::string with_space = std::string(key) + " ";
                CHECK((text.find("\n" + with_space) != std::string::npos ||
                       text.find("\n# " + with_space) != std::string::npos));
            }
        }
}

TEST_CASE("no line of the default file is too long for a terminal") {
    const std::string text = contactd::default_config_text();
    std::size_t begin = 0;
    while (begin < text.size()) {
        const std::size_t end = text.find('\n', begin);
        REQUIRE(end != std::string::npos);
        CHECK(end - begin <= 120);
        begin = end + 1;
    }
}

TEST_CASE("the shown configuration reads back to the same values") {
    for (const std::string& text : {everything, small_instance, contactd::default_config_text()}) {
        const contactd::config read = config_of(text, files);
        const std::string shown = show(read);
        INFO(shown);
        const contactd::config again = config_of(shown, files);
        check_same_values(read, again);
    }
}

TEST_CASE("the shown configuration names the origin of every value") {
    const auto variables = contactd::fixed_environment({{"STATE_DIRECTORY", "/s"}});
    const auto read = read_text("[policy]\nbrake_percent = 20\n" + small_instance, variables);
    REQUIRE(read);
    CHECK(show(read->settings) ==
          R"(# The configuration in effect, from c.toml.
# Behind every value: the line it comes from, "default", or the environment variable.

[daemon]
state_dir           = "/s"                                # $STATE_DIRECTORY
audit_log           = "/var/log/contactd/audit.jsonl"     # default
organizations       = "organizations.toml"                # default
keep_history        = "365d"                              # default
log_level           = "info"                              # default
status_listen       = "127.0.0.1:9646"                    # default

[schedule]
every               = "30m"                               # default
jitter              = "2m"                                # default
full_every          = "1d"                                # default

[[instance]]
name                = "main"                              # line 4
username            = "api@msp.example"                   # line 5
tracking_identifier = "TRACKING"                          # line 6
secret              = "credential:main"                   # line 7
zone                = "auto"                              # default
zone_discovery_url  = "https://webservices.autotask.net/ATServicesRest/"  # default
ca_file             = ""                                  # default
companies           = "all"                               # line 8
company_filter      = [{ field = "companyType", op = "eq", value = "Customer" }]  # default
include_tags        = []                                  # default
exclude_tags        = []                                  # default
exclude_companies   = []                                  # default
hourly_share        = 0.5                                 # default

[instance.schedule]
every               = "30m"                               # default
jitter              = "2m"                                # default
full_every          = "1d"                                # default

[instance.match]
rules               = ["email", "local_part"]             # default
only_fill           = []                                  # default
device_types        = [1]                                 # default
device_categories   = ["*"]                               # default
include_devices     = ["*"]                               # default
exclude_devices     = []                                  # default
email_fields        = ["emailAddress"]                    # default
login_field         = ""                                  # default
alias_file          = ""                                  # default
ignored_accounts    = []                                  # default
ignored_authorities = []                                  # default

[instance.policy]
dry_run             = false                               # default
write               = "reassign"                          # default
stable_sweeps       = 1                                   # default
stable_for          = "0s"                                # default
shared_devices      = "assign"                            # default
shared_users        = 3                                   # default
shared_window       = "30d"                               # default
manual_changes      = "until_user_changes"                # default
max_changes         = 0                                   # default
brake_percent       = 20                                  # line 2
brake_minimum       = 10                                  # default

# Shipped with contactd and in effect besides ignored_accounts:
#   "administrator" "gast\"konto"
# Shipped with contactd and in effect besides ignored_authorities:
#   "nt authority" "vordefiniert"
)");
}

TEST_CASE("any text can be written as TOML") {
    CHECK(contactd::toml_text("a\"b\\c\n\x7f") == "\"a\\\"b\\\\c\\u000A\\u007F\"");
    CHECK(contactd::toml_ids(std::vector<std::string>{"1", "01", "-1", "1x", "", "9223372036854775808"}) ==
          "[1, \"01\", \"-1\", \"1x\", \"\", \"9223372036854775808\"]");
}

// A file that is being written, or a disk that is full, leaves such beginnings behind.
TEST_CASE("no beginning of a file brings the reader down") {
    for (const std::string& text : {contactd::default_config_text(), everything}) {
        std::size_t accepted = 0;
        for (std::size_t size = 0; size <= text.size(); ++size) {
            const auto read = read_text(std::string_view(text).substr(0, size), contactd::fixed_environment({}), files);
            if (read)
                ++accepted;
            else
                REQUIRE_FALSE(read.error().empty());
        }
        CHECK(accepted > 0);
    }
}

TEST_CASE("no flipped, lost or doubled byte brings the reader down") {
    const std::string text = without(everything, " ");
    for (std::size_t at = 0; at < text.size(); ++at) {
        std::string flipped = text;
        flipped[at] = static_cast<char>(flipped[at] ^ 0x15);
        (void)read_text(flipped);
        std::string lost = text;
        lost.erase(at, 1);
        (void)read_text(lost);
        std::string doubled = text;
        doubled.insert(at, 1, text[at]);
        (void)read_text(doubled);
        std::string replaced = text;
        replaced[at] = '\0';
        (void)read_text(replaced);
    }
    SUCCEED();
}
