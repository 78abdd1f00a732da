#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace core {

/// What reading a last user does to the value, in the order in which it can happen.
enum class reading_action : std::uint8_t {
    removed_invisible, ///< Zero-width characters were taken out.
    trimmed,           ///< Blanks, control characters or quotation marks around it were taken off.
    removed_state,     ///< A state word in brackets, `part`, was taken off the end.
    split,             ///< It was split at the last backslash; `part` is the authority, `left` the name.
    read_at_sign,      ///< `user@HOST` is another way to write `HOST\user`; `part` is the host.
    whole_address,     ///< There is a dot behind the `@`: `left` is a whole address.
    local_account,     ///< The authority, `part`, is the device itself.
    stopped,           ///< Here it ends with a reason; `part` is what led to it.
};
inline constexpr int reading_action_count = 8;

/// The public, snake_case name.
std::string_view to_string(reading_action what);

/// One step, as it was done.
struct reading_step {
    reading_action what;
    std::string part; ///< What was taken off or recognised; may be empty.
    std::string left; ///< The value as it stands afterwards.

    friend bool operator==(const reading_step&, const reading_step&) = default;
};

/// Hears what read_account() does. A sweep has none: then nothing is copied.
class reading_steps {
public:
    void note(reading_action what, std::string_view part, std::string_view left) {
        all_.push_back({what, std::string(part), std::string(left)});
    }

    const std::vector<reading_step>& all() const { return all_; }

private:
    std::vector<reading_step> all_;
};

} // namespace core
