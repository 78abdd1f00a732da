#pragma once

#include "daemon/report/palette.hpp"
#include "daemon/sweep/outcome.hpp"

#include <map>
#include <string>
#include <utility>

namespace contactd {

/// "Anna Berg <anna@acme.example>", or as much of it as is known; as received.
std::string contact_text(const device_outcome& one);

/// Whom the contact replaces: a name, "contact 5", "nobody"; as received.
std::string previous_text(const device_outcome& one);

/// What is to be said of a device that is left alone, without the words for its reason: the candidates, what the server
/// said. Begins with a blank or a colon unless it is empty.
std::string skip_details(const device_outcome& one);

/// "-> Anna Berg <anna@acme.example> in place of Ben Cole": what becomes of a device, for people.
std::string outcome_words(const device_outcome& one, const palette& ink);

/// Lines of devices under the names of their companies.
class company_listing {
public:
    explicit company_listing(const palette& ink) : ink_(ink) {}

    /// `mark` is one character that tells what kind of line it is, `words` what there is to say. Devices of one company
    /// come together; in it, the order is that of the calls.
    void add(const device_outcome& one, char mark, const std::string& words);

    /// The same, in the words for its outcome.
    void add(const device_outcome& one);

    std::string text() const;

private:
    struct company_lines {
        std::string company;
        std::string lines;
    };

    const palette& ink_;
    std::map<std::pair<std::string, core::company_id>, company_lines> companies_;
};

} // namespace contactd
