#include "tests/sandbox/model/json_writer.hpp"

#include <charconv>

namespace sandbox {

void append_json_string(std::string& out, std::string_view text) {
    static constexpr std::string_view digits = "0123456789abcdef";
    out += '"';
    std::size_t plain = 0; // start of the run that needs no escape
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if (byte >= 0x20U && byte != '"' && byte != '\\')
            continue;
        out.append(text.substr(plain, i - plain));
        plain = i + 1;
        out += '\\';
        switch (text[i]) {
        case '"':
        case '\\':
            out += text[i];
            break;
        case '\n':
            out += 'n';
            break;
        case '\r':
            out += 'r';
            break;
        case '\t':
            out += 't';
            break;
        default:
            out += "u00";
            out += digits[byte >> 4U];
            out += digits[byte & 0x0FU];
        }
    }
    out.append(text.substr(plain));
    out += '"';
}

void append_json_integer(std::string& out, std::int64_t number) {
    char buffer[24];
    const auto result = std::to_chars(buffer, buffer + sizeof buffer, number);
    out.append(buffer, result.ptr);
}

void append_json_real(std::string& out, double number) {
    char buffer[40];
    const auto result = std::to_chars(buffer, buffer + sizeof buffer, number);
    const std::string_view written{buffer, static_cast<std::size_t>(result.ptr - buffer)};
    out += written;
    // A double of the vendor's JSON library never looks like an integer.
    if (written.find_first_of(".e") == std::string_view::npos)
        out += ".0";
}

void append_json_key(std::string& out, std::string_view name) {
    if (!out.empty() && out.back() != '{')
        out += ',';
    append_json_string(out, name);
    out += ':';
}

} // namespace sandbox
