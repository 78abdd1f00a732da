#include "autotask/rows.hpp"

#include "autotask/api_date.hpp"
#include "autotask/json_value.hpp"
#include "core/fold.hpp"

#include <boost/json/parse.hpp>

namespace autotask {

namespace json = boost::json;

namespace {

/// One row while it is read; the first thing that is wrong with it is kept.
class row_reader {
public:
    row_reader(const json::object& row, std::string_view entity) : row_(row), entity_(entity) {
        if (const auto* id = json_value::member(row_, "id"))
            id_ = json_value::integer(*id);
        if (!id_)
            complain("without an id");
    }

    std::optional<std::int64_t> id() const { return id_; }

    std::optional<std::int64_t> number(std::string_view name) {
        return read<std::int64_t>(name, json_value::integer, "a whole number");
    }

    std::int64_t required_number(std::string_view name) {
        const auto found = number(name);
        if (!found)
            complain("without " + std::string(name));
        return found.value_or(0);
    }

    bool truth(std::string_view name, bool if_absent) {
        return read<bool>(name, json_value::boolean, "true or false").value_or(if_absent);
    }

    std::string text(std::string_view name) {
        const auto as_text = [](const json::value& value) -> std::optional<std::string> {
            const auto* found = value.if_string();
            return found ? std::optional(std::string(*found)) : std::nullopt;
        };
        return read<std::string>(name, as_text, "a text").value_or("");
    }

    /// A date that cannot be read is as good as none: nothing is decided by it, it only saves requests.
    std::optional<core::wall_time> date(std::string_view name) const {
        const auto* value = json_value::member(row_, name);
        const auto* text = value ? value->if_string() : nullptr;
        return text ? read_api_date(*text) : std::nullopt;
    }

    /// The value of a user-defined field: a text, or nothing where the row does not have the field at all. What may not
    /// be seen comes as asterisks (developer help, "ConfigurationItems entity"), and is as good as empty.
    std::optional<std::string> user_field(std::string_view name) const {
        const auto* list = json_value::member(row_, "userDefinedFields");
        if (!list || !list->is_array())
            return std::nullopt;
        const auto wanted = core::fold(name);
        for (const auto& item : list->get_array()) {
            const auto* field = item.if_object();
            const auto* called = field ? json_value::member(*field, "name") : nullptr;
            if (!called || !called->is_string() || core::fold(std::string_view(called->get_string())) != wanted)
                continue;
            const auto* value = json_value::member(*field, "value");
            if (!value || !value->is_string() || value->get_string().find_first_not_of('*') == std::string::npos)
                return std::string();
            return std::string(value->get_string());
        }
        return std::nullopt;
    }

    /// True when there is something, be it an empty text.
    bool has(std::string_view name) const { return json_value::member(row_, name) != nullptr; }

    const std::string& problem() const { return problem_; }

private:
    template <class T, class Convert>
    std::optional<T> read(std::string_view name, Convert convert, std::string_view wanted) {
        const auto* value = json_value::member(row_, name);
        if (!value)
            return std::nullopt;
        std::optional<T> found = convert(*value);
        if (!found)
            complain("whose " + std::string(name) + " is not " + std::string(wanted));
        return found;
    }

    void complain(const std::string& what) {
        if (problem_.empty())
            problem_ = "a " + std::string(entity_) + (id_ ? " (id " + std::to_string(*id_) + ") " : " ") + what;
    }

    const json::object& row_;
    std::string_view entity_;
    std::optional<std::int64_t> id_;
    std::string problem_;
};

template <class Row, class Read>
std::expected<page<Row>, std::string> read_page(std::string_view body, std::optional<std::int64_t> after,
                                                std::string_view entity, Read read) {
    boost::system::error_code failed;
    const auto parsed = json::parse(body, failed);
    if (failed)
        return std::unexpected("the answer is no JSON: " + failed.message());
    const auto* object = parsed.if_object();
    const auto* items = object ? json_value::member(*object, "items") : nullptr;
    const auto* list = items ? items->if_array() : nullptr;
    if (!list)
        return std::unexpected("the answer has no \"items\"");

    page<Row> result;
    result.last_id = after;
    result.received = list->size();
    for (const auto& item : *list) {
        const auto* row = item.if_object();
        if (!row) {
            result.bad.push_back({"a " + std::string(entity) + " that is no JSON object", std::nullopt});
            continue;
        }
        row_reader fields(*row, entity);
        if (const auto id = fields.id()) {
            if (result.last_id && *id <= *result.last_id)
                return std::unexpected("row " + std::to_string(*id) + " comes after row " +
                                       std::to_string(*result.last_id) +
                                       ": the rows do not come by ascending id, or the filter was ignored");
            result.last_id = *id;
        }
        Row made = read(fields);
        if (fields.problem().empty()) {
            result.rows.push_back(std::move(made));
            continue;
        }
        std::optional<core::company_id> company;
        if (const auto* value = json_value::member(*row, "companyID"))
            if (const auto id = json_value::integer(*value))
                company = core::company_id{*id};
        result.bad.push_back({fields.problem(), company});
    }
    if (result.received > 0 && result.last_id == after)
        return std::unexpected("no row of the answer has an id");
    if (const auto* details = json_value::member(*object, "pageDetails"); details && details->is_object())
        result.server_has_more = json_value::member(details->get_object(), "nextPageUrl") != nullptr;
    return result;
}

std::optional<std::int64_t> read_member(std::string_view body, std::string_view name) {
    boost::system::error_code failed;
    const auto parsed = json::parse(body, failed);
    const auto* object = failed ? nullptr : parsed.if_object();
    const auto* value = object ? json_value::member(*object, name) : nullptr;
    return value ? json_value::integer(*value) : std::nullopt;
}

} // namespace

std::expected<page<core::company>, std::string> read_companies(std::string_view body,
                                                               std::optional<std::int64_t> after) {
    return read_page<core::company>(body, after, "company", [](row_reader& row) {
        core::company one;
        one.id.value = row.id().value_or(0);
        one.name = row.text("companyName");
        one.active = row.truth("isActive", true);
        if (const auto parent = row.number("parentCompanyID"))
            one.parent = core::company_id{*parent};
        one.web_address = row.text("webAddress");
        return one;
    });
}

std::expected<page<core::device>, std::string> read_devices(std::string_view body, std::optional<std::int64_t> after) {
    return read_page<core::device>(body, after, "configuration item", [](row_reader& row) {
        core::device one;
        one.id.value = row.id().value_or(0);
        one.company.value = row.required_number("companyID");
        // 0 is no contact: no reference of the API points to it.
        if (const auto contact = row.number("contactID"); contact && *contact != 0)
            one.contact = core::contact_id{*contact};
        one.type = row.number("configurationItemType");
        one.category = row.number("configurationItemCategoryID");
        one.hostname = row.text("rmmDeviceAuditHostname");
        one.title = row.text("referenceTitle");
        one.last_user = row.text("rmmDeviceAuditLastUser");
        one.has_last_user = row.has("rmmDeviceAuditLastUser");
        one.active = row.truth("isActive", true);
        one.modified = row.date("lastModifiedTime");
        return one;
    });
}

std::expected<page<core::contact>, std::string> read_contacts(std::string_view body, std::optional<std::int64_t> after,
                                                              const wanted_rows& wanted) {
    std::vector<bool> seen(wanted.login_fields.size());
    auto read = read_page<core::contact>(body, after, "contact", [&wanted, &seen](row_reader& row) {
        core::contact one;
        one.id.value = row.id().value_or(0);
        one.company.value = row.required_number("companyID");
        one.first_name = row.text("firstName");
        one.last_name = row.text("lastName");
        one.has_address = false;
        for (const auto& field : wanted.address_fields) {
            one.has_address = one.has_address || row.has(field);
            one.addresses.push_back(row.text(field));
        }
        for (std::size_t i = 0; i < wanted.login_fields.size(); ++i) {
            auto value = row.user_field(wanted.login_fields[i]);
            seen[i] = seen[i] || value.has_value();
            one.logins.push_back(std::move(value).value_or(""));
        }
        one.active = row.truth("isActive", true);
        one.modified = row.date("lastModifiedDate");
        return one;
    });
    if (read)
        read->seen_login_fields = std::move(seen);
    return read;
}

std::expected<page<named_row>, std::string> read_categories(std::string_view body, std::optional<std::int64_t> after) {
    return read_page<named_row>(body, after, "configuration item category", [](row_reader& row) {
        named_row one;
        one.id = row.id().value_or(0);
        one.name = row.text("name");
        return one;
    });
}

std::optional<std::int64_t> read_count(std::string_view body) {
    return read_member(body, "queryCount");
}

std::optional<std::int64_t> read_item_id(std::string_view body) {
    return read_member(body, "itemId");
}

} // namespace autotask
