#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <initializer_list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

struct sqlite3;
struct sqlite3_stmt;

/// As much of SQLite as the journal needs (https://sqlite.org/c3ref/intro.html). Blocking; for one thread at a time.
namespace contactd::sqlite {

/// Why something could not be done.
struct failure {
    int code = 0;        ///< An extended result code (https://sqlite.org/rescode.html).
    std::string words;   ///< Without a full stop.
    bool damage() const; ///< The file is no database, or a damaged one.
};

/// What a check has found.
failure damaged(std::string words);

template <class T>
using result = std::expected<T, failure>;

/// A value to put in the place of a `?`. A text lives until the statement has run.
using value = std::variant<std::nullptr_t, std::int64_t, std::string_view>;

/// NULL where there is none.
inline value or_null(std::string_view text) {
    return text.empty() ? value(nullptr) : value(text);
}

/// One row of an answer, to be read while each() shows it.
class row {
public:
    explicit row(sqlite3_stmt* at) : at_(at) {}

    bool is_null(int column) const;
    std::int64_t integer(int column) const;
    std::optional<std::int64_t> optional_integer(int column) const;
    std::string text(int column) const; ///< Empty for NULL.

private:
    sqlite3_stmt* at_;
};

/// A connection. Statements are prepared once.
class database {
public:
    enum class access { read_write, read_only };

    static result<std::unique_ptr<database>> open(const std::string& path, access how);
    ~database();
    database(const database&) = delete;
    database& operator=(const database&) = delete;

    /// Runs a statement and gives the number of rows it changed.
    result<std::int64_t> run(std::string_view sql, std::initializer_list<value> values = {});

    /// Runs a query and shows every row.
    result<void> each(std::string_view sql, std::initializer_list<value> values,
                      const std::function<void(const row&)>& show);

    /// The one integer of the one row of a query.
    result<std::int64_t> integer(std::string_view sql);

    /// Runs several statements that take no values, separated by semicolons.
    result<void> script(const char* sql);

    /// False inside of a transaction.
    bool idle() const;

private:
    explicit database(sqlite3* handle) : handle_(handle) {}
    result<sqlite3_stmt*> prepared(std::string_view sql, std::initializer_list<value> values);
    failure met() const;

    sqlite3* handle_;
    std::map<std::string, sqlite3_stmt*, std::less<>> prepared_;
};

/// Statements that hold all together or not at all. After the first failure nothing more is run, and commit() tells it.
class transaction {
public:
    explicit transaction(database& on);
    ~transaction(); ///< Takes back what was not committed.
    transaction(const transaction&) = delete;
    transaction& operator=(const transaction&) = delete;

    void run(std::string_view sql, std::initializer_list<value> values = {});

    /// The same for statements that take no values.
    void script(const char* sql);

    result<void> commit();

private:
    database& on_;
    std::optional<failure> failed_;
};

} // namespace contactd::sqlite
