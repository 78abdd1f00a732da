#include "autotask/reader.hpp"

#include "autotask/row_queries.hpp"

#include <algorithm>

namespace autotask {

namespace asio = boost::asio;

namespace {

constexpr const char* companies_entity = "Companies";
constexpr const char* devices_entity = "ConfigurationItems";
constexpr const char* contacts_entity = "Contacts";

/// No company list or chunk of companies has this many rows; beyond it a server repeats itself.
constexpr std::size_t most_pages = 2000;

const std::vector<std::string> company_fields{"id", "companyName", "isActive", "parentCompanyID", "webAddress"};

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

std::string count_of(std::size_t companies) {
    return companies == 1 ? "a company" : std::to_string(companies) + " companies";
}

std::string counted(std::size_t number, const std::string& what) {
    return std::to_string(number) + ' ' + what + (number == 1 ? "" : "s");
}

} // namespace

asio::awaitable<result<rows<core::company>>> reader::companies(std::vector<condition> filter) {
    auto what = active_companies(std::move(filter));
    what.fields = company_fields;
    return all_pages<core::company>(session_, companies_entity, std::move(what), "reading the companies",
                                    read_companies);
}

asio::awaitable<result<rows<core::company>>> reader::companies_now(std::vector<core::company_id> companies) {
    rows<core::company> all;
    for (std::size_t from = 0; from < companies.size(); from += longest_list) {
        const auto first = companies.begin() + static_cast<std::ptrdiff_t>(from);
        const auto count = std::min(longest_list, companies.size() - from);
        const std::vector<core::company_id> some(first, first + static_cast<std::ptrdiff_t>(count));
        query what;
        what.fields = company_fields;
        what.where.push_back(is_one_of("id", values_of(some)));
        auto found = co_await all_pages<core::company>(session_, companies_entity, std::move(what),
                                                       "looking after " + count_of(count), read_companies);
        if (!found)
            co_return std::unexpected(std::move(found.error()));
        std::ranges::move(found->good, std::back_inserter(all.good));
        std::ranges::move(found->bad, std::back_inserter(all.bad));
    }
    co_return all;
}

asio::awaitable<result<rows<core::device>>> reader::device_rows(query what, std::string doing) {
    what.fields = device_fields;
    if (wanted_.categories)
        what.fields.emplace_back("configurationItemCategoryID");
    return all_pages<core::device>(session_, devices_entity, std::move(what), std::move(doing), read_devices);
}

asio::awaitable<result<rows<core::device>>> reader::devices(std::vector<core::company_id> of) {
    return device_rows(devices_in_scope(of, wanted_), "reading the configuration items of " + count_of(of.size()));
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
                                                                      core::device_types types,
                                                                      core::device_categories categories) {
    return count(devices_entity, devices_without_last_user(of, types, categories),
                 "counting the configuration items without a last user of " + count_of(of.size()));
}

asio::awaitable<result<std::int64_t>> reader::count_companies(std::vector<condition> filter) {
    return count(companies_entity, active_companies(std::move(filter)), "counting the companies");
}

asio::awaitable<result<void>> reader::probe(std::string entity) {
    query what;
    what.fields = {"id"};
    what.where.push_back(any_id());
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

asio::awaitable<result<rows<core::contact>>> reader::contact_pages(query what, std::string doing,
                                                                   std::vector<bool>& seen) {
    const auto read = [this, &seen](std::string_view body, std::optional<std::int64_t> after) {
        auto page = read_contacts(body, after, wanted_);
        for (std::size_t i = 0; page && i < seen.size(); ++i)
            seen[i] = seen[i] || page->seen_login_fields[i];
        return page;
    };
    auto all = co_await all_pages<core::contact>(session_, contacts_entity, std::move(what), std::move(doing), read);
    co_return all;
}

/// User-defined fields may be listed by their own names (developer help, "REST advanced query features"). Where a
/// server does not know that, or leaves them out without a word, rows are asked for with all their fields: only then
/// they are sure to come.
asio::awaitable<result<rows<core::contact>>> reader::contact_rows(query what, std::string doing) {
    std::vector<bool> seen(wanted_.login_fields.size());
    if (names_user_fields_ || seen.empty()) {
        auto listed = what;
        listed.fields = {"id", "companyID", "firstName", "lastName", "isActive", "lastModifiedDate"};
        listed.fields.insert(listed.fields.end(), wanted_.address_fields.begin(), wanted_.address_fields.end());
        listed.fields.insert(listed.fields.end(), wanted_.login_fields.begin(), wanted_.login_fields.end());
        auto found = co_await contact_pages(std::move(listed), doing, seen);
        const bool is_refused = !found && found.error().kind == error_kind::business;
        const bool are_all_seen = std::ranges::find(seen, false) == seen.end();
        const bool is_answered = found && (are_all_seen || found->good.empty());
        if (is_answered || (!found && !(is_refused && !wanted_.login_fields.empty())))
            co_return found;
        names_user_fields_ = false;
    }
    auto whole = co_await contact_pages(std::move(what), std::move(doing), seen);
    co_return whole;
}

asio::awaitable<result<rows<core::contact>>> reader::contacts(std::vector<core::company_id> of) {
    return contact_rows(contacts_in_scope(of, wanted_), "reading the contacts of " + count_of(of.size()));
}

asio::awaitable<result<std::int64_t>> reader::count_contacts(std::vector<core::company_id> of) {
    auto what = contacts_in_scope(of, wanted_);
    what.expendable = true;
    return count(contacts_entity, std::move(what), "counting the contacts of " + count_of(of.size()));
}

asio::awaitable<result<rows<core::contact>>> reader::contacts_modified(std::vector<core::company_id> of,
                                                                       core::wall_time since) {
    return contact_rows(modified(of, "lastModifiedDate", since), "asking which contacts were modified");
}

asio::awaitable<result<rows<core::contact>>> reader::contacts_now(std::vector<core::contact_id> contacts) {
    auto what = with_ids(contacts);
    what.expendable = true;
    return contact_rows(std::move(what), "looking after " + counted(contacts.size(), "contact"));
}

asio::awaitable<result<rows<core::contact>>> reader::look_up_contacts(std::vector<core::contact_id> contacts) {
    return contact_rows(with_ids(contacts), "reading " + counted(contacts.size(), "contact"));
}

asio::awaitable<result<rows<core::contact>>> reader::contacts_with(std::vector<core::company_id> of,
                                                                   std::vector<std::string> texts) {
    auto what = contacts_with_text(of, wanted_.address_fields, texts);
    what.expendable = true;
    return contact_rows(std::move(what), "looking whom " + counted(texts.size(), "account") + " could mean");
}

asio::awaitable<result<rows<core::device>>> reader::devices_modified(std::vector<core::company_id> of,
                                                                     core::wall_time since) {
    return device_rows(modified(of, "lastModifiedTime", since), "asking which configuration items were modified");
}

asio::awaitable<result<rows<core::device>>> reader::devices_now(std::vector<core::device_id> devices) {
    auto what = with_ids(devices);
    what.expendable = true;
    return device_rows(std::move(what), "looking after " + counted(devices.size(), "configuration item"));
}

asio::awaitable<result<rows<core::device>>> reader::look_up_devices(std::vector<core::device_id> devices) {
    return device_rows(with_ids(devices), "reading " + counted(devices.size(), "configuration item"));
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

asio::awaitable<result<std::vector<field_info>>> reader::field_list(std::string entity, std::string rest,
                                                                    std::string doing) {
    call what;
    what.doing = doing;
    what.entity = std::move(entity);
    what.rest = std::move(rest);
    auto body = co_await session_.send(std::move(what));
    if (!body)
        co_return std::unexpected(std::move(body.error()));
    auto found = read_fields(*body);
    if (!found)
        co_return protocol_error(session_, doing, "the answer has no \"fields\"");
    co_return std::move(*found);
}

asio::awaitable<result<std::vector<field_info>>> reader::fields(std::string entity) {
    auto doing = "reading the fields of " + entity;
    return field_list(std::move(entity), "/entityInformation/fields", std::move(doing));
}

asio::awaitable<result<std::vector<field_info>>> reader::user_fields(std::string entity) {
    auto doing = "reading the user-defined fields of " + entity;
    return field_list(std::move(entity), "/entityInformation/userDefinedFields", std::move(doing));
}

asio::awaitable<result<std::vector<picklist_value>>> reader::categories() {
    query what;
    what.fields = {"id", "name"};
    what.where.push_back(any_id());
    auto found = co_await all_pages<named_row>(session_, "ConfigurationItemCategories", std::move(what),
                                               "reading the categories of configuration items", read_categories);
    if (!found)
        co_return std::unexpected(std::move(found.error()));
    std::vector<picklist_value> values;
    for (const auto& one : found->good)
        values.push_back({std::to_string(one.id), one.name, true});
    co_return values;
}

asio::awaitable<result<threshold>> reader::threshold() {
    return session_.read_use();
}

} // namespace autotask
