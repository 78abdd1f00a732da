#include "core/device_past.hpp"

#include "core/fold.hpp"

namespace core {

std::string_view to_string(chooser who) {
    switch (who) {
    case chooser::us:
        return "contactd";
    case chooser::human:
        return "human";
    case chooser::undo:
        break;
    }
    return "undo";
}

std::string person_key(std::string_view account_name) {
    return fold(account_name.substr(0, account_name.find('@')));
}

} // namespace core
