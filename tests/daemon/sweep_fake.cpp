#include "tests/daemon/sweep_fake.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <stdexcept>

namespace sweep_tests {

namespace json = boost::json;
using test_support::reply;
using test_support::sent_request;

namespace {

json::value member(const json::object& of, std::string_view name) {
    const auto* found = of.if_contains(name);
    return found ? *found : json::value();
}

/// Truth is a number, as in SQL.
json::value plain(json::value one) {
    return one.is_bool() ? json::value(one.get_bool() ? 1 : 0) : one;
}

std::string lower(std::string_view text) {
    std::string made(text);
    for (char& c : made)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return made;
}

std::int64_t number(const json::value& one) {
    return one.is_uint64() ? static_cast<std::int64_t>(one.get_uint64()) : one.is_int64() ? one.get_int64() : 0;
}

} // namespace

void fake_autotask::add_company(std::int64_t id, const std::string& name) {
    rows["Companies"][id] = {{"id", id}, {"companyName", name}, {"isActive", true}, {"companyType", 1}};
}

void fake_autotask::add_contact(std::int64_t id, std::int64_t company, const std::string& address) {
    rows["Contacts"][id] = {{"id", id},           {"companyID", company},    {"firstName", "First"},
                            {"lastName", "Last"}, {"emailAddress", address}, {"isActive", 1}};
}

void fake_autotask::add_device(std::int64_t id, std::int64_t company, const std::string& last_user,
                               std::optional<std::int64_t> contact) {
    json::object row{{"id", id},
                     {"companyID", company},
                     {"contactID", nullptr},
                     {"configurationItemType", 1},
                     {"rmmDeviceAuditHostname", "PC-" + std::to_string(id)},
                     {"referenceTitle", nullptr},
                     {"rmmDeviceAuditLastUser", nullptr},
                     {"isActive", true}};
    if (contact)
        row["contactID"] = *contact;
    if (!last_user.empty())
        row["rmmDeviceAuditLastUser"] = last_user;
    rows["ConfigurationItems"][id] = std::move(row);
}

std::int64_t fake_autotask::contact_of(std::int64_t device) const {
    return number(member(rows.at("ConfigurationItems").at(device), "contactID"));
}

bool fake_autotask::passes(const json::object& row, const json::object& filter) const {
    const std::string op(filter.at("op").as_string());
    if (op == "or")
        return std::ranges::any_of(filter.at("items").as_array(),
                                   [&](const json::value& one) { return passes(row, one.as_object()); });
    const std::string field(filter.at("field").as_string());
    if (field == "companyID" && ignores_the_company)
        return true;
    const auto held = plain(member(row, field));
    if (op == "exist")
        return !held.is_null();
    if (op == "notExist")
        return held.is_null();
    const auto wanted = plain(filter.at("value"));
    if (op == "eq")
        return held == wanted;
    if (op == "gt")
        return number(held) > number(wanted);
    if (op == "gte" && held.is_string() && wanted.is_string())
        return held.as_string() >= wanted.as_string(); // Dates of one form.
    if (op == "gte")
        return number(held) >= number(wanted);
    if (op == "contains")
        return held.is_string() && lower(held.as_string()).find(lower(wanted.as_string())) != std::string::npos;
    if (op == "in")
        return std::ranges::any_of(wanted.as_array(), [&held](const json::value& one) { return held == plain(one); });
    throw std::logic_error("the fake does not know the operator " + op);
}

reply fake_autotask::query(const sent_request& request, std::chrono::milliseconds after) const {
    const auto body = json::parse(request.body).as_object();
    const bool counting = request.target.ends_with("/count");
    const auto most = counting ? 1000000 : number(body.at("MaxRecords"));
    json::array items;
    const auto table = rows.find(request.entity());
    if (table != rows.end())
        for (const auto& [id, row] : table->second) {
            const bool wanted = std::ranges::all_of(
                body.at("Filter").as_array(), [&](const json::value& one) { return passes(row, one.as_object()); });
            if (wanted && static_cast<std::int64_t>(items.size()) < most)
                items.push_back(row);
        }
    json::object answer;
    if (counting) {
        answer["queryCount"] = items.size();
    } else {
        answer["pageDetails"] = json::object{{"count", items.size()}, {"nextPageUrl", nullptr}};
        answer["items"] = std::move(items);
    }
    return {test_support::json_answer(json::serialize(answer)), after};
}

reply fake_autotask::write(const sent_request& request, std::chrono::milliseconds after) {
    const auto body = json::parse(request.body).as_object();
    const auto device = number(body.at("id"));
    const auto how = write_fate ? write_fate(device) : fate::stored;
    if (how == fate::stored || how == fate::lost_but_stored)
        rows.at("ConfigurationItems").at(device)["contactID"] = body.at("contactID");
    switch (how) {
    case fate::lost:
    case fate::lost_but_stored:
        return {test_support::network_failure(true), after};
    case fate::refused:
        return {test_support::errors_answer("Reference value on field: contactID of type: Contact does not exist."),
                after};
    case fate::forbidden:
        return {test_support::errors_answer("The logged in Resource does not have the adequate permissions."), after};
    default:
        return {test_support::json_answer(json::serialize(json::object{{"itemId", device}})), after};
    }
}

reply fake_autotask::operator()(const sent_request& request) {
    if (disturb)
        if (auto given = disturb(request))
            return std::move(*given);
    const auto after = time_of ? time_of(request) : time;
    if (request.entity() == "ThresholdInformation")
        return {test_support::json_answer(R"({"externalRequestThreshold":10000,"requestThresholdTimeframe":60,)"
                                          R"("currentTimeframeRequestCount":7})"),
                after};
    if (request.method == autotask::http_method::patch)
        return write(request, after);
    if (request.target.ends_with("/entityInformation/fields"))
        return {test_support::json_answer(
                    R"({"fields":[{"name":"companyType","isPickList":true,"picklistValues":[{"value":"1",)"
                    R"("label":"Customer"}]},{"name":"configurationItemType","isPickList":true,)"
                    R"("picklistValues":[{"value":"1","label":"Workstation"}]}]})"),
                after};
    return query(request, after);
}

std::string remembering::of(std::int64_t device) const {
    std::string said;
    for (const auto& one : devices)
        if (one.device_id.value == device) {
            if (!said.empty())
                return "twice";
            said = core::to_string(one.what);
            if (one.why)
                said += ' ' + std::string(core::to_string(*one.why));
        }
    return said;
}

contactd::instance_settings default_settings(const std::string& name) {
    contactd::instance_settings made;
    made.name.value = name;
    made.username.value = "api@example.com";
    made.zone.value = "https://webservices3.autotask.net/ATServicesRest/";
    made.zone_discovery_url.value = "https://webservices.autotask.net/ATServicesRest/";
    made.companies.value = contactd::company_choice::all;
    made.company_filter.value.push_back(autotask::equals("companyType", std::int64_t{1}));
    made.match.rules.value = {"email", "local_part"};
    made.match.device_types.value = {"1"};
    made.match.device_categories.value = {"*"};
    made.match.include_devices.value = {"*"};
    made.match.email_fields.value = {"emailAddress"};
    made.policy.write.value = core::write_policy::reassign;
    made.policy.brake_percent.value = 30;
    made.policy.brake_minimum.value = 10;
    return made;
}

void sweep_world::add_instance(const std::string& name) {
    auto made = std::make_unique<contactd::instance>();
    made->settings = default_settings(name);
    made->login.username = made->settings.username.value;
    made->login.secret = autotask::secret("s3cr3t");
    made->login.tracking_identifier = "CODE";
    auto network = std::make_unique<test_support::scripted_transport>(loop.time());
    auto server = std::make_unique<fake_autotask>();
    network->handler = [at = server.get()](const sent_request& request) { return (*at)(request); };
    networks_.push_back(network.get());
    made->network = std::move(network);
    made->settings.hourly_share.value = 0.5;
    made->reached = contactd::make_session_options(made->settings);
    servers_.push_back(std::move(server));
    instances_.push_back(std::move(made));
}

void sweep_world::sweep(bool dry_run) {
    heard = remembering();
    found = contactd::selection_found();
    for (auto* one : networks_)
        one->requests.clear();
    const auto complain = [this](const std::string& sentence) { complaints.push_back(sentence); };
    journal.now = loop.time().wall();
    contactd::sweep_recorder::parts records{log, journal, loop.time(), decisions, complain};
    contactd::sweep_recorder recorder(std::move(records), "SWEEP");
    contactd::listeners all;
    all.add(recorder);
    all.add(heard);
    core::allowance of_command(chosen.most_changes);
    auto of_dry_companies = of_command;
    contactd::sweep_context context{loop.executor(),  loop.time(),        stop,     all, chosen, found, of_command,
                                    of_dry_companies, [] { return 0.0; }, &recorder};
    std::vector<contactd::instance*> subjects;
    for (const auto& one : instances_)
        subjects.push_back(one.get());
    const auto make_sink = [&](const contactd::instance& one) {
        return contactd::writing_sink(one, dry_run, loop.executor(), stop, recorder);
    };
    const auto task = [&]() -> boost::asio::awaitable<void> {
        auto running = contactd::sweep(context, subjects, make_sink);
        co_await std::move(running);
    };
    loop.start(task());
    if (meanwhile)
        meanwhile();
    if (!loop.finish())
        throw std::logic_error("the sweep never ends");
}

std::vector<std::string> sweep_world::writes() const {
    std::vector<std::string> bodies;
    for (const auto& one : network().requests)
        if (one.method == autotask::http_method::patch)
            bodies.push_back(one.body);
    return bodies;
}

std::size_t sweep_world::requests_with(const std::string& path) const {
    return static_cast<std::size_t>(
        std::ranges::count_if(network().requests, [&path](const sent_request& one) { return one.path() == path; }));
}

} // namespace sweep_tests
