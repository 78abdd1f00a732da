#include "tests/sandbox/model/write.hpp"

#include <algorithm>
#include <map>

#include <boost/json/object.hpp>
#include <fmt/format.h>

#include "tests/sandbox/model/convert.hpp"
#include "tests/sandbox/model/dates.hpp"
#include "tests/sandbox/model/json_access.hpp"
#include "tests/sandbox/model/metadata.hpp"
#include "tests/sandbox/model/replies.hpp"
#include "tests/sandbox/model/rules.hpp"
#include "tests/sandbox/model/text.hpp"

namespace sandbox {
namespace {

using changes = std::map<field_index, value>;

/// One write from the body to the table. Every step returns the error text, or nothing.
class writer {
public:
    writer(const write_context& context, write_kind kind)
        : context_{context}, kind_{kind}, rows_{context.tenant.rows(context.which)} {}

    write_outcome run(const boost::json::object& body) {
        if (auto error = find_row(body))
            return {refuse(*std::move(error))};
        if (auto error = read(body))
            return {refuse(*std::move(error))};
        complete();
        if (auto error = check())
            return {refuse(*std::move(error))};
        const std::int64_t id = kind_ == write_kind::create ? rows_.next_id() : id_;
        write_outcome outcome{json_reply(fmt::format("{{\"itemId\":{}}}", id))};
        if (!context_.discard)
            outcome.before = store(id);
        return outcome;
    }

private:
    using problem = std::optional<std::string>;

    [[nodiscard]] http_response refuse(std::string text) const {
        std::vector<std::string> texts{localise(std::move(text), context_.options.localised_errors)};
        if (context_.options.patch_error_second_entry)
            texts.emplace_back(kind_ == write_kind::create ? "Error creating entity for record number [1]."
                                                           : "Error updating entity for record number [1].");
        return error_reply(500, texts);
    }

    problem find_row(const boost::json::object& body) {
        if (kind_ == write_kind::create)
            return std::nullopt;
        const boost::json::value* id = find_member(body, "id");
        const auto number = id == nullptr ? std::nullopt : to_integer(scalar_text(*id));
        if (!number)
            return "Missing Required Field: id";
        id_ = *number;
        old_ = rows_.find(id_);
        const bool hidden = old_ != nullptr && context_.user.sees && !is_visible(rows_, *old_, &*context_.user.sees);
        const bool elsewhere =
            old_ != nullptr && context_.parent && old_->get(*rows_.company_field()).as_integer() != *context_.parent;
        if (old_ == nullptr || hidden || elsewhere)
            return "No matching records found";
        return std::nullopt;
    }

    problem read(const boost::json::object& body) {
        for (const auto& member : body) {
            const std::string_view name{member.key().data(), member.key().size()};
            if (equal_ignoring_case(name, "userDefinedFields")) {
                if (auto error = read_user_defined(member.value()))
                    return error;
                continue;
            }
            const auto index = rows_.shape().find(name);
            // A key that is no field at all is not read by the JSON library of the API.
            if (!index || *index == 0)
                continue;
            const field& column = rows_.shape().fields[*index];
            if (column.has(read_only) || (column.has(only_on_create) && kind_ != write_kind::create)) {
                if (context_.options.read_only_in_body_fails && !column.has(only_on_create))
                    return fmt::format("The field {} is read-only.", column.name);
                continue;
            }
            auto content = to_storable(member.value(), column);
            if (!content)
                return content.error();
            if (content->is_null() && column.has(required))
                return fmt::format("Missing Required Field: {}", column.name);
            wanted_[*index] = *std::move(content);
        }
        return std::nullopt;
    }

    problem read_user_defined(const boost::json::value& list) {
        if (list.is_null())
            return std::nullopt;
        if (!list.is_array())
            return "Error converting value for field userDefinedFields.";
        for (const boost::json::value& entry : list.get_array()) {
            const std::string name = entry.is_object() ? text_member(entry.get_object(), "name").value_or("") : "";
            const auto index = rows_.find_user_defined(name);
            if (!index)
                return unknown_field_text(name, rows_.shape());
            const auto& definition = rows_.user_defined_fields()[*index - rows_.shape().fields.size()];
            if (definition.is_protected && !context_.user.sees_protected)
                return fmt::format("The user-defined field {} is protected.", definition.name);
            const boost::json::value* content = find_member(entry.get_object(), "value");
            const bool clears = content == nullptr || content->is_null();
            wanted_[*index] = clears ? value{} : value::text(scalar_text(*content));
        }
        return std::nullopt;
    }

    /// What a PUT clears and a POST fills in.
    void complete() {
        const auto fields = rows_.shape().fields;
        for (std::size_t i = 1; i < fields.size(); ++i) {
            const bool writable = !fields[i].has(read_only) && !fields[i].has(only_on_create);
            if (kind_ == write_kind::put && writable && !fields[i].has(required))
                wanted_.try_emplace(static_cast<field_index>(i));
        }
        if (kind_ != write_kind::create)
            return;
        if (context_.parent)
            wanted_[*rows_.company_field()] = value::integer(*context_.parent);
        if (const auto created = rows_.shape().find("createDate"))
            wanted_[*created] = value::integer(to_milliseconds(context_.now));
        if (const auto category = rows_.shape().find("configurationItemCategoryID"))
            wanted_.try_emplace(*category, default_category());
    }

    [[nodiscard]] value default_category() const {
        const table& categories = context_.tenant.rows(entity::configuration_item_categories);
        const field_index is_default = categories.shape().at("isGlobalDefault");
        for (const row& each : categories.rows())
            if (each.get(is_default).as_boolean())
                return value::integer(each.id());
        return {};
    }

    problem check() const {
        const auto fields = rows_.shape().fields;
        for (std::size_t i = 1; kind_ == write_kind::create && i < fields.size(); ++i)
            if (fields[i].has(required) && !wanted_.contains(static_cast<field_index>(i)))
                return fmt::format("Missing Required Field: {}", fields[i].name);
        for (const auto& [index, content] : wanted_)
            if (!rows_.is_user_defined(index) && !content.is_null() && fields[index].has(picklist) &&
                !picklist_allows(rows_, context_.tenant, index, content.as_integer()))
                return fmt::format("Picklist value [{}] does not exist for {}", content.as_integer(),
                                   fields[index].name);
        if (context_.which == entity::configuration_items)
            return check_device();
        return check_company();
    }

    problem check_company() const {
        for (const std::string_view name : {"companyID", "parentCompanyID"}) {
            const auto index = rows_.shape().find(name);
            const auto given = index ? wanted_.find(*index) : wanted_.end();
            if (given == wanted_.end() || given->second.is_null())
                continue;
            if (context_.tenant.rows(entity::companies).find(given->second.as_integer()) == nullptr)
                return fmt::format("Value does not reference an existing entity for {}.", name);
        }
        return std::nullopt;
    }

    problem check_device() const {
        if (auto error = check_company())
            return error;
        const field_index company_field = *rows_.company_field();
        const std::int64_t company =
            old_ != nullptr ? old_->get(company_field).as_integer() : wanted_.at(company_field).as_integer();
        const auto contact = wanted_.find(rows_.shape().at("contactID"));
        if (contact != wanted_.end() && !contact->second.is_null())
            if (auto error = check_contact(context_.tenant, context_.options, company, contact->second.as_integer()))
                return error;
        const auto product = wanted_.find(rows_.shape().at("productID"));
        if (product != wanted_.end())
            if (auto error = check_product(context_.tenant, product->second.as_integer()))
                return error;
        const auto category = wanted_.find(rows_.shape().at("configurationItemCategoryID"));
        if (category != wanted_.end() && !category->second.is_null())
            if (auto error = check_category(context_.tenant, context_.options, category->second.as_integer()))
                return error;
        if (context_.options.revalidate_stored_references && old_ != nullptr)
            return check_stored_references(context_.tenant, *old_, contact != wanted_.end());
        return std::nullopt;
    }

    std::vector<old_value> store(std::int64_t id) {
        std::vector<old_value> before;
        if (kind_ == write_kind::create) {
            row fresh{id};
            for (auto& [index, content] : wanted_)
                fresh.set(index, content);
            rows_.insert(std::move(fresh));
        } else {
            for (auto& [index, content] : wanted_) {
                before.push_back({context_.which, id, index, old_->get(index)});
                rows_.set(id, index, content);
            }
        }
        for (const std::string_view name : dates_of_modification)
            if (const auto index = rows_.shape().find(name))
                rows_.set(id, *index, value::integer(to_milliseconds(context_.now)));
        if (const auto index = rows_.shape().find("lastActivityPersonID"))
            rows_.set(id, *index, value::integer(context_.user.resource_id));
        return before;
    }

    const write_context& context_;
    write_kind kind_;
    table& rows_;
    std::int64_t id_ = 0;
    const row* old_ = nullptr;
    changes wanted_;
};

} // namespace

write_outcome write_row(const write_context& context, write_kind kind, std::string_view body) {
    if (body.empty())
        return {error_reply(500, "Value cannot be null. Parameter name: restModelInput")};
    const auto parsed = parse_json(body);
    if (!parsed)
        return {error_reply(400, "The request is invalid: " + parsed.error())};
    if (!parsed->is_object())
        return {error_reply(500, "Value cannot be null. Parameter name: restModelInput")};
    return writer{context, kind}.run(parsed->get_object());
}

http_response delete_row(const write_context& context, std::int64_t id) {
    table& rows = context.tenant.rows(context.which);
    const row* found = rows.find(id);
    const bool elsewhere =
        found != nullptr && context.parent && found->get(*rows.company_field()).as_integer() != *context.parent;
    if (found == nullptr || elsewhere)
        return error_reply(500, "No matching records found");
    if (!context.discard)
        rows.erase(id);
    return json_reply(fmt::format("{{\"itemId\":{}}}", id));
}

} // namespace sandbox
