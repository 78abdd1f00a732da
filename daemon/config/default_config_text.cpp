#include "daemon/config/config_text.hpp"

namespace contactd {

std::string default_config_text() {
    return R"(# Configuration of contactd, which keeps the contact of Autotask configuration items right.
#
# Every value below is the default; a line may be left out. Only the [[instance]] needs values of your own.
# "contactd check" says what is wrong with this file, "contactd plan" what contactd would do with it.
# Durations are whole numbers with the units d, h, m and s: "90s", "30m", "1h30m".

[daemon]
# Where contactd keeps its journal: what it has written and decided. By default what systemd puts in $STATE_DIRECTORY.
# state_dir = "/var/lib/contactd"

# One JSON line for everything that was decided; by default audit.jsonl in $LOGS_DIRECTORY.
# audit_log = "/var/log/contactd/audit.jsonl"

# Your clients, mapped to companies of Autotask: see "contactd companies --help". A path from the folder of this file.
organizations = "organizations.toml"

# How long the journal remembers sweeps and changes, from "1d" to "3650d"; the last change of a device for ever.
keep_history = "365d"

# "trace", "debug", "info", "warn" or "error".
log_level = "info"

# Address of the status page and the metrics, "host:port"; "" switches it off, port 0 takes any free one. This version
# reads the address, but does not serve anything yet.
status_listen = "127.0.0.1:9646"


# Any of these keys may be set again in [instance.schedule].
[schedule]
# The next sweep starts this long after the last one started; from "1s" to "7d".
every = "30m"

# A random time of up to this much is added, so that several installations do not all start together.
jitter = "2m"

# A sweep of the daemon asks only for what was modified since the last one, once that was seen to miss nothing, and
# reads everything at least this often; "0s" = always. It never writes without asking again.
full_every = "1d"


# How the last user of a device becomes a contact. Any of these keys may be set again in [instance.match], and for a
# single client in its [organization.match].
[match]
# Tried in this order; the first that finds anybody decides, and only when it finds one.
# "email": the user has the form of an address and is a contact's whole address.
# "local_part": the user is the part of a contact's address before the "@".
# More, for clients that need them (docs/matching.md): "alias", "login_field", "other_email", "other_local_part",
# "first.last", "firstlast", "flast", "firstl", "parent_email", "parent_local_part".
rules = ["email", "local_part"]

# Rules that may fill an empty contact, but never replace one.
only_fill = []

# Types of devices, as picklist ids or labels. "*" is every device, with a type or not; "none" those without.
device_types = [1]

# The same for categories of devices.
device_categories = ["*"]

# Which devices, by hostname; "*" and "?" stand for anything. Leaving out wins.
include_devices = ["*"]
exclude_devices = []

# The addresses of a contact to look at: "emailAddress", "emailAddress2", "emailAddress3".
email_fields = ["emailAddress"]

# The user-defined field of contacts that the rule "login_field" looks at.
login_field = ""

# The file of the rule "alias": CSV with the columns company_id, account, contact (an address or an id), and instance
# where there are several. A path from the folder of this file.
alias_file = ""

# Accounts, and domains or computers before the backslash, that never stand for a person. They are added to lists
# that contactd ships; "contactd config show" prints those.
ignored_accounts = []
ignored_authorities = []


# What may be written. Any of these keys may be set again in [instance.policy], and for a single client in its
# [organization.policy].
[policy]
# Decide everything and write nothing.
dry_run = false

# "reassign": replace the contact of a device when another one matches. "fill-empty": only set what is empty.
write = "reassign"

# Wait until the same contact was found in this many sweeps in a row, and for this long, such as "48h".
stable_sweeps = 1
stable_for = "0s"

# What to do about devices that more than shared_users people have used within shared_window: "assign", as with any
# other, or "skip": leave them alone.
shared_devices = "assign"
shared_users = 3
shared_window = "30d"

# How long a contact stands that a human set after contactd had written another: "until_user_changes" (until the
# device has another last user), "always" or "never". "contactd pins list" shows them.
manual_changes = "until_user_changes"

# At most this many changes per instance and sweep; 0 is no limit.
max_changes = 0

# Write nothing in a company where more than this share (0 to 100) of the devices that have a contact and a last
# user would get another contact, and at least this many of them.
brake_percent = 30
brake_minimum = 10


# One Autotask database. Repeat the whole section, with another name, for each further one.
[[instance]]
# A name of your own: letters, digits, "-", "_" and ".".
name = "main"

# The API user in Autotask: user name and API tracking identifier.
username = "api-user@example.com"
tracking_identifier = "ABCDEFGHIJKLMNOPQRSTUVWXYZ1"

# Where the secret of the API user is, never the secret itself: "credential:NAME" (handed over by systemd),
# "file:/absolute/path" or "env:NAME".
secret = "credential:main"

# "auto", or the base URL of the zone, like "https://webservices3.autotask.net/ATServicesRest/".
zone = "auto"

# Where to ask for the zone.
zone_discovery_url = "https://webservices.autotask.net/ATServicesRest/"

# A further certificate authority to trust, as the absolute path of a PEM file; for a sandbox or an inspecting proxy.
ca_file = ""

# "all": every company that company_filter passes, future ones included. "mapped": those of them that an organization
# is mapped to.
companies = "mapped"

# Conditions that a company has to meet, all of them; [] is every company. Operators: eq, noteq, gt, gte, lt, lte,
# beginsWith, endsWith, contains, exist, notExist (without a value), in, notIn (with an array). Add udf = true for
# a user-defined field, of which Autotask takes one in a filter. A value may be the label of a picklist;
# "contactd check --online" shows what it means.
company_filter = [ { field = "companyType", op = "eq", value = "Customer" } ]

# Only companies whose organization has one of these tags ([] is all of them), and none whose has one of those.
include_tags = []
exclude_tags = []

# Companies to leave alone, by id or name.
exclude_companies = []

# The share of the hourly requests of the database, above 0 and up to 1, that a sweep may bring the total use to. When
# others have used it up, the sweep waits until enough of the hour is free again. The use also stays below 50 % and
# 75 %, the steps at which Autotask makes every request of the database slower, unless others have passed them.
hourly_share = 0.5
)";
}

} // namespace contactd
