#include "daemon/journal/sqlite.hpp"

#include <sqlite3.h>

namespace contactd::sqlite {

namespace {

/// A reader in another process may hold things up for a moment.
constexpr int longest_wait_ms = 5000;

void bind(sqlite3_stmt* to, int at, const value& what) {
    if (const auto* number = std::get_if<std::int64_t>(&what))
        sqlite3_bind_int64(to, at, *number);
    else if (const auto* text = std::get_if<std::string_view>(&what))
        sqlite3_bind_text64(to, at, text->data(), text->size(), SQLITE_STATIC, SQLITE_UTF8);
    else
        sqlite3_bind_null(to, at);
}

} // namespace

bool failure::damage() const {
    const int kind = code & 0xff;
    return kind == SQLITE_CORRUPT || kind == SQLITE_NOTADB;
}

failure damaged(std::string words) {
    return failure{SQLITE_CORRUPT, std::move(words)};
}

bool row::is_null(int column) const {
    return sqlite3_column_type(at_, column) == SQLITE_NULL;
}

std::int64_t row::integer(int column) const {
    return sqlite3_column_int64(at_, column);
}

std::optional<std::int64_t> row::optional_integer(int column) const {
    if (is_null(column))
        return std::nullopt;
    return integer(column);
}

std::string row::text(int column) const {
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(at_, column));
    return text == nullptr ? std::string()
                           : std::string(text, static_cast<std::size_t>(sqlite3_column_bytes(at_, column)));
}

result<std::unique_ptr<database>> database::open(const std::string& path, access how) {
    sqlite3* handle = nullptr;
    const int flags = how == access::read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    const int code = sqlite3_open_v2(path.c_str(), &handle, flags | SQLITE_OPEN_EXRESCODE, nullptr);
    std::unique_ptr<database> made(new database(handle)); // Even one that failed has to be closed.
    if (code != SQLITE_OK)
        return std::unexpected(handle == nullptr ? failure{code, "out of memory"} : made->met());
    sqlite3_busy_timeout(handle, longest_wait_ms);
    return made;
}

database::~database() {
    for (const auto& [sql, one] : prepared_)
        sqlite3_finalize(one);
    sqlite3_close(handle_);
}

failure database::met() const {
    return failure{sqlite3_extended_errcode(handle_), sqlite3_errmsg(handle_)};
}

result<sqlite3_stmt*> database::prepared(std::string_view sql, std::initializer_list<value> values) {
    auto found = prepared_.find(sql);
    if (found == prepared_.end()) {
        sqlite3_stmt* made = nullptr;
        const auto code = sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()),
                                             SQLITE_PREPARE_PERSISTENT, &made, nullptr);
        if (code != SQLITE_OK)
            return std::unexpected(met());
        found = prepared_.emplace(sql, made).first;
    }
    int at = 0;
    for (const auto& one : values)
        bind(found->second, ++at, one);
    return found->second;
}

result<std::int64_t> database::run(std::string_view sql, std::initializer_list<value> values) {
    const auto done = each(sql, values, [](const row&) {});
    if (!done)
        return std::unexpected(done.error());
    return sqlite3_changes64(handle_);
}

result<void> database::each(std::string_view sql, std::initializer_list<value> values,
                            const std::function<void(const row&)>& show) {
    const auto statement = prepared(sql, values);
    if (!statement)
        return std::unexpected(statement.error());
    int code = SQLITE_ROW;
    while ((code = sqlite3_step(*statement)) == SQLITE_ROW)
        show(row(*statement));
    std::optional<failure> failed;
    if (code != SQLITE_DONE)
        failed = met();
    sqlite3_reset(*statement); // So that it holds no lock until it runs again.
    sqlite3_clear_bindings(*statement);
    if (failed)
        return std::unexpected(std::move(*failed));
    return {};
}

result<std::int64_t> database::integer(std::string_view sql) {
    std::int64_t found = 0;
    const auto done = each(sql, {}, [&found](const row& one) { found = one.integer(0); });
    if (!done)
        return std::unexpected(done.error());
    return found;
}

result<void> database::script(const char* sql) {
    if (sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr) != SQLITE_OK)
        return std::unexpected(met());
    return {};
}

bool database::idle() const {
    return sqlite3_get_autocommit(handle_) != 0;
}

// IMMEDIATE, because a transaction that becomes a writing one half way may find another in its way.
transaction::transaction(database& on) : on_(on) {
    run("BEGIN IMMEDIATE");
}

transaction::~transaction() {
    if (!on_.idle())
        (void)on_.run("ROLLBACK");
}

void transaction::run(std::string_view sql, std::initializer_list<value> values) {
    if (failed_)
        return;
    if (auto done = on_.run(sql, values); !done)
        failed_ = std::move(done.error());
}

void transaction::script(const char* sql) {
    if (failed_)
        return;
    if (auto done = on_.script(sql); !done)
        failed_ = std::move(done.error());
}

result<void> transaction::commit() {
    run("COMMIT");
    if (failed_)
        return std::unexpected(*failed_);
    return {};
}

} // namespace contactd::sqlite
