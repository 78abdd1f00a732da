#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace sandbox {

/// Appends JSON text straight to a string: pages of 500 rows are most of what the sandbox writes, and a tree of
/// values in between would cost more than the query. Each function appends one token.
void append_json_string(std::string& out, std::string_view text);
void append_json_integer(std::string& out, std::int64_t number);
void append_json_real(std::string& out, double number);
inline void append_json_boolean(std::string& out, bool flag) {
    out += flag ? "true" : "false";
}

/// `"name":` with a comma before it unless it is the first of its object.
void append_json_key(std::string& out, std::string_view name);

} // namespace sandbox
