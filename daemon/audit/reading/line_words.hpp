#pragma once

#include "daemon/audit/reading/time_words.hpp"

#include <boost/json/object.hpp>
#include <cstddef>
#include <string>

namespace contactd {

/// How lines of the log are shown to people.
struct line_style {
    time_zone zone = time_zone::local;
    bool coloured = false;
    bool with_instance = false; ///< There is more than one, or nobody knows.
    std::size_t columns = 0;    ///< Of the terminal, into which long names are fitted; 0 for a file or a pipe.
};

/// A line of the log in words, as one harmless line without a line feed. Of an event that this version does not know,
/// what every line has.
std::string line_words(const boost::json::object& line, const line_style& style);

} // namespace contactd
