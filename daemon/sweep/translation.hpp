#pragma once

#include "autotask/reader.hpp"
#include "daemon/sweep/client_list.hpp"
#include "daemon/sweep/labels.hpp"
#include "daemon/sweep/listener.hpp"

#include <boost/asio/awaitable.hpp>
#include <expected>
#include <map>
#include <string>
#include <vector>

namespace contactd {

/// What the names in a configuration mean in an instance: labels of picklists, and names of fields. What nobody can
/// find there is an error of those who use it, not of the others.
struct translation {
    template <class Meaning>
    using meanings = std::map<names, std::expected<Meaning, std::string>>;

    std::vector<autotask::condition> filter;
    std::vector<std::string> filter_words;        ///< Its conditions, with the labels of their numbers.
    meanings<core::device_types> types;           ///< By what the configuration says.
    meanings<core::device_categories> categories; ///< The same.
    std::map<std::string, std::expected<std::string, std::string>> login_fields;
};

/// How much is asked for: a sweep saves the question for the fields of companies where its filter needs no translation,
/// because the server refuses a field that it does not know.
enum class thoroughness { of_a_sweep, of_a_check };

/// Asks the instance for what is needed to translate its filter, and the types, categories and fields that its settings
/// and those of its organizations name. One request at a time. The settings and the list live until the end.
boost::asio::awaitable<std::expected<translation, trouble>>
translate(const instance_settings& settings, const client_list& clients, autotask::reader& reader, thoroughness how);

} // namespace contactd
