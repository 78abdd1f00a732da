#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "tests/sandbox/model/schema.hpp"
#include "tests/sandbox/model/value.hpp"

namespace sandbox {

/// A row keeps only its values that are not null: most of the 90 fields of a device are.
class row {
public:
    explicit row(std::int64_t id);

    [[nodiscard]] std::int64_t id() const { return id_; }
    [[nodiscard]] const value& get(field_index field) const;
    void set(field_index field, value content);
    void shrink() { cells_.shrink_to_fit(); }

private:
    struct cell {
        value content;
        field_index field;
    };
    std::int64_t id_;
    std::vector<cell> cells_; // ascending by field
};

/// A field the administrator of a tenant added. Its values are texts.
struct user_defined_field {
    std::string name;
    bool is_required = false;
    bool is_protected = false; ///< shown as `*****` to a user without the permission
    /// What may be chosen from, when it is a list; any text otherwise.
    std::vector<std::string> choices{};
};

/// The rows of one entity of one tenant, ascending by id, which is the order of every reply.
/// References to rows stay valid until the next insert or erase.
class table {
public:
    explicit table(entity which);

    [[nodiscard]] entity which() const { return which_; }
    [[nodiscard]] const schema& shape() const { return *shape_; }
    [[nodiscard]] const std::vector<row>& rows() const { return rows_; }

    [[nodiscard]] const row* find(std::int64_t id) const;
    /// Position of the first row with an id above `id`.
    [[nodiscard]] std::size_t position_after(std::int64_t id) const;

    /// Takes the row in; one with the same id is replaced.
    void insert(row fresh);
    bool erase(std::int64_t id);
    /// False when there is no such row.
    bool set(std::int64_t id, field_index field, value content);
    [[nodiscard]] std::int64_t next_id() const;

    /// Ids of the rows of one company, ascending; null for an entity that belongs to none.
    [[nodiscard]] const std::vector<std::int64_t>* of_company(std::int64_t company) const;
    [[nodiscard]] std::optional<field_index> company_field() const { return company_field_; }

    void add_user_defined_field(user_defined_field definition) { udfs_.push_back(std::move(definition)); }
    [[nodiscard]] const std::vector<user_defined_field>& user_defined_fields() const { return udfs_; }
    [[nodiscard]] std::optional<field_index> find_user_defined(std::string_view name) const;
    [[nodiscard]] bool is_user_defined(field_index field) const { return field >= shape_->fields.size(); }

private:
    row* find_mutable(std::int64_t id);
    void index(const row& fresh);
    void unindex(const row& old);

    entity which_;
    const schema* shape_;
    std::vector<row> rows_;
    std::vector<user_defined_field> udfs_;
    std::optional<field_index> company_field_;
    std::unordered_map<std::int64_t, std::vector<std::int64_t>> by_company_;
};

} // namespace sandbox
