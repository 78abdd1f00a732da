#pragma once

#include "daemon/explain/explained_device.hpp"

#include <string>
#include <vector>

namespace contactd {

/// The explanation for people: short lines under headings, ending in a line feed.
std::string explain_text(const explained_device& one, bool coloured);

/// The same of what the journal alone can tell.
std::string explain_text(const recorded_explanation& one, bool coloured);

/// The explanation for programs: one JSON object, ending in a line feed.
std::string explain_json(const explained_device& one);
std::string explain_json(const recorded_explanation& one);

/// Of several devices of one name: whoever asked has to name one of them.
struct possible_device {
    std::string instance;
    core::device_id id;
    std::string name;
    core::company_id company_id;
    std::string company; ///< Empty where it is not known.
    bool active = true;
};

/// One line for each of them.
std::string choice_text(const std::vector<possible_device>& all);

} // namespace contactd
