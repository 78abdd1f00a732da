#include "autotask/reader.hpp"

namespace autotask {

namespace asio = boost::asio;

namespace {

constexpr const char* companies_entity = "Companies";
constexpr const char* devices_entity = "ConfigurationItems";
constexpr const char* contacts_entity = "Contacts";

/// No company list or chunk of companies has this many rows; beyond it a server repeats itself.
constexpr std::size_t most_pages = 2000;

const std::vector<std::string> device_fields{"id",
                                             "companyID",
                                             "contactID",
                                             "configurationItemType",
                                             "rmmDeviceAuditHostname",
                                             "referenceTitle",
                                             "rmmDeviceAuditLastUser",
                                             "isActive",
                                             "lastModifiedTime"};

std::unexpected<error> protocol_error(const session& at, const std::string& doing, std::string said) {
    error failure;
    failure.kind = error_kind::protocol;
    failure.doing = doing + " at " + at.zone().url.host;
    failure.said = std::move(said);
    return std::unexpected(std::move(failure));
}

call post_query(std::string entity, std::string rest, std::string body, std::string doing) {
    call what;
    what.method = http_method::post;
    what.entity = std::move(entity);
    what.rest = std::move(rest);
    what.body = std::move(body);
    what.doing = std::move(doing);
    return what;
}

/// Asks page by page. `read` turns a body into a page: (body, after) -> std::expected<page<Row>, std::string>.
template <class Row, class Read>
asio::awaitable<result<rows<Row>>> all_pages(session& on, std::string entity, query what, std::string doing,
                                             Read read) {
    rows<Row> all;
    std::optional<std::int64_t> after;
    for (std::size_t pages = 0; pages < most_pages; ++pages) {
        auto question = post_query(entity, "/query", page_body(what, after), doing);
        question.expendable = what.expendable;
        auto body = co_await on.send(std::move(question));
        if (!body)
            co_return std::unexpected(std::move(body.error()));
        auto page = read(*body, after);
        if (!page)
            co_return protocol_error(on, doing, page.error());
        std::ranges::move(page->rows, std::back_inserter(all.good));
        std::ranges::move(page->bad, std::back_inserter(all.bad));
        after = page->last_id;
        // A page that is not full is the last, unless the server says that there is more. A full one never proves that
        // it is the last.
        if (page->received == 0 || (page->received < page_size && !page->server_has_more))
            co_return all;
    }
    co_return protocol_error(on, doing, "the answer does not end after " + std::to_string(most_pages) + " pages");
}

template <class Id>
std::vector<filter_value> values_of(const std::vector<Id>& ids) {
    std::vector<filter_value> values;
    values.reserve(ids.size());
    for (const auto id : ids)
        values.emplace_back(id.value);
    return values;
}

/// The devices of these companies that a sweep looks at, whoever uses them.
query devices_in_scope(const std::vector<core::company_id>& of, const core::device_types& types) {
    query what;
    what.where.push_back(is_one_of("companyID", values_of(of)));
    what.where.push_back(equals("isActive", true));
    if (types.every)
        return what;
    const auto typed =
        is_one_of("configurationItemType", std::vector<filter_value>(types.values.begin(), types.values.end()));
    const auto untyped = exists_not("configurationItemType");
    if (!types.untyped)
        what.where.push_back(typed);
    else if (types.values.empty())
        what.where.push_back(untyped);
    else
        what.where.push_back(any_of{typed, untyped});
    return what;
}

query active_companies(std::vector<condition> filter) {
    query what;
    what.where.push_back(equals("isActive", true));
    for (auto& one : filter)
        what.where.push_back(std::move(one));
    return what;
}

std::string count_of(std::size_t companies) {
    return companies == 1 ? "a company" : std::to_string(companies) + " companies";
}

std::string counted(std::size_t number, const std::string& what) {
    return std::to_string(number) + ' ' + what + (number == 1 ? "" : "s");
}

/// One of the conditions must hold; a single one needs no group.
void add_one_of(query& to, any_of conditions) {
    if (conditions.size() == 1)
        to.where.emplace_back(std::move(conditions.front()));
    else
        to.where.emplace_back(std::move(conditions));
}

query active_contacts(const std::vector<core::company_id>& of) {
    query what;
    what.where.push_back(is_one_of("companyID", values_of(of)));
    what.where.push_back(equals("isActive", std::int64_t{1})); // Of contacts the field is a number.
    return what;
}

/// Those of them who can be a candidate.
query contacts_in_scope(const std::vector<core::company_id>& of, const std::vector<std::string>& address_fields) {
    auto what = active_contacts(of);
    any_of filled;
    for (const auto& field : address_fields)
        filled.push_back(exists(field));
    add_one_of(what, std::move(filled));
    return what;
}

query modified(const std::vector<core::company_id>& of, std::string_view field, core::wall_time since) {
    query what;
    if (!of.empty())
        what.where.push_back(is_one_of("companyID", values_of(of)));
    what.where.push_back(is_not_before(field, since));
    what.expendable = true;
    return what;
}

} // namespace

asio::awaitable<result<rows<core::company>>> reader::companies(std::vector<condition> filter) {
    auto what = active_companies(std::move(filter));
    what.fields = {"id", "companyName", "isActive"};
    return all_pages<core::company>(session_, companies_entity, std::move(what), "reading the companies",
                                    read_companies);
}

asio::awaitable<result<rows<core::device>>> reader::devices(std::vector<core::company_id> of,
                                                            core::device_types types) {
    auto what = devices_in_scope(of, types);
    what.fields = device_fields;
    what.where.push_back(exists("rmmDeviceAuditLastUser"));
    return all_pages<core::device>(session_, devices_entity, std::move(what),
                                   "reading the configuration items of " + count_of(of.size()), read_devices);
}

asio::awaitable<result<std::int64_t>> reader::count(std::string entity, query what, std::string doing) {
    auto question = post_query(std::move(entity), "/query/count", count_body(what), doing);
    question.expendable = what.expendable;
    auto body = co_await session_.send(std::move(question));
    if (!body)
        co_return std::unexpected(std::move(body.error()));
    const auto count = read_count(*body);
    if (!count)
        co_return protocol_error(session_, doing, "the answer has no \"queryCount\"");
    co_return *count;
}

asio::awaitable<result<std::int64_t>> reader::count_without_last_user(std::vector<core::company_id> of,
                                                                      core::device_types types) {
    auto what = devices_in_scope(of, types);
    what.where.push_back(exists_not("rmmDeviceAuditLastUser"));
    return count(devices_entity, std::move(what),
                 "counting the configuration items without a last user of " + count_of(of.size()));
}

asio::awaitable<result<std::int64_t>> reader::count_companies(std::vector<condition> filter) {
    return count(companies_entity, active_companies(std::move(filter)), "counting the companies");
}

asio::awaitable<result<void>> reader::probe(std::string entity) {
    query what;
    what.fields = {"id"};
    condition anything;
    anything.field = "id";
    anything.op = filter_op::gte;
    anything.values.emplace_back(std::int64_t{0});
    what.where.push_back(std::move(anything));
    auto question = post_query(entity, "/query", page_body(what, std::nullopt, 1), "reading " + entity);
    auto body = co_await session_.send(std::move(question));
    if (!body)
        co_return std::unexpected(std::move(body.error()));
    co_return result<void>{};
}

asio::awaitable<result<bool>> reader::may_update_devices() {
    call what;
    what.entity = devices_entity;
    what.rest = "/entityInformation";
    what.doing = "reading what may be done with ConfigurationItems";
    const auto doing = what.doing;
    auto body = co_await session_.send(std::move(what));
    if (!body)
        co_return std::unexpected(std::move(body.error()));
    const auto may = read_may_update(*body);
    if (!may)
        co_return protocol_error(session_, doing, "the answer has no \"info\"");
    co_return *may;
}

asio::awaitable<result<rows<core::contact>>> reader::contact_rows(query what, std::vector<std::string> address_fields,
                                                                  std::string doing) {
    what.fields = {"id", "companyID", "firstName", "lastName", "isActive", "lastModifiedDate"};
    what.fields.insert(what.fields.end(), address_fields.begin(), address_fields.end());
    const auto read = [address_fields](std::string_view body, std::optional<std::int64_t> after) {
        return read_contacts(body, after, address_fields);
    };
    return all_pages<core::contact>(session_, contacts_entity, std::move(what), std::move(doing), read);
}

asio::awaitable<result<rows<core::contact>>> reader::contacts(std::vector<core::company_id> of,
                                                              std::vector<std::string> address_fields) {
    auto what = contacts_in_scope(of, address_fields);
    return contact_rows(std::move(what), std::move(address_fields), "reading the contacts of " + count_of(of.size()));
}

asio::awaitable<result<std::int64_t>> reader::count_contacts(std::vector<core::company_id> of,
                                                             std::vector<std::string> address_fields) {
    auto what = contacts_in_scope(of, address_fields);
    what.expendable = true;
    return count(contacts_entity, std::move(what), "counting the contacts of " + count_of(of.size()));
}

asio::awaitable<result<rows<core::contact>>> reader::contacts_modified(std::vector<core::company_id> of,
                                                                       core::wall_time since,
                                                                       std::vector<std::string> address_fields) {
    return contact_rows(modified(of, "lastModifiedDate", since), std::move(address_fields),
                        "asking which contacts were modified");
}

asio::awaitable<result<rows<core::contact>>> reader::contacts_now(std::vector<core::contact_id> contacts,
                                                                  std::vector<std::string> address_fields) {
    query what;
    what.where.push_back(is_one_of("id", values_of(contacts)));
    what.expendable = true;
    return contact_rows(std::move(what), std::move(address_fields),
                        "looking after " + counted(contacts.size(), "contact"));
}

asio::awaitable<result<rows<core::contact>>> reader::contacts_with(std::vector<core::company_id> of,
                                                                   std::vector<std::string> texts,
                                                                   std::vector<std::string> address_fields) {
    auto what = active_contacts(of);
    any_of somewhere;
    for (const auto& field : address_fields)
        for (const auto& text : texts)
            somewhere.push_back(contains(field, text));
    add_one_of(what, std::move(somewhere));
    what.expendable = true;
    return contact_rows(std::move(what), std::move(address_fields),
                        "looking whom " + counted(texts.size(), "account") + " could mean");
}

asio::awaitable<result<rows<core::device>>> reader::devices_modified(std::vector<core::company_id> of,
                                                                     core::wall_time since) {
    auto what = modified(of, "lastModifiedTime", since);
    what.fields = device_fields;
    return all_pages<core::device>(session_, devices_entity, std::move(what),
                                   "asking which configuration items were modified", read_devices);
}

asio::awaitable<result<rows<core::device>>> reader::devices_now(std::vector<core::device_id> devices) {
    query what;
    what.fields = device_fields;
    what.where.push_back(is_one_of("id", values_of(devices)));
    what.expendable = true;
    return all_pages<core::device>(session_, devices_entity, std::move(what),
                                   "looking after " + counted(devices.size(), "configuration item"), read_devices);
}

asio::awaitable<result<rows<core::device>>> reader::read_back(std::vector<core::device_id> devices) {
    query what;
    what.fields = device_fields;
    what.where.push_back(is_one_of("id", values_of(devices)));
    const auto doing = "reading back " + counted(devices.size(), "configuration item");
    auto question = post_query(devices_entity, "/query", page_body(what, std::nullopt), doing);
    question.how = urgency::verify;
    question.even_when_stopping = true;
    auto body = co_await session_.send(std::move(question));
    if (!body)
        co_return std::unexpected(std::move(body.error()));
    auto page = read_devices(*body, std::nullopt);
    if (!page)
        co_return protocol_error(session_, doing, page.error());
    rows<core::device> found{std::move(page->rows), std::move(page->bad)};
    co_return found;
}

asio::awaitable<result<std::optional<core::company_id>>> reader::company_of(core::device_id device) {
    std::vector<core::device_id> one{device};
    auto found = co_await read_back(std::move(one));
    if (!found)
        co_return std::unexpected(std::move(found.error()));
    std::optional<core::company_id> company;
    if (!found->good.empty())
        company = found->good.front().company;
    co_return company;
}

asio::awaitable<result<std::vector<field_info>>> reader::fields(std::string entity) {
    call what;
    what.doing = "reading the fields of " + entity;
    what.entity = std::move(entity);
    what.rest = "/entityInformation/fields";
    const auto doing = what.doing;
    auto body = co_await session_.send(std::move(what));
    if (!body)
        co_return std::unexpected(std::move(body.error()));
    auto found = read_fields(*body);
    if (!found)
        co_return protocol_error(session_, doing, "the answer has no \"fields\"");
    co_return std::move(*found);
}

asio::awaitable<result<threshold>> reader::threshold() {
    return session_.read_use();
}

} // namespace autotask
