#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace contactd {

/// The members of one object of a plan, read strictly: what is missing, or of another kind than it should be, becomes
/// the error, of which the first one stays. After an error everything reads as empty.
class json_members {
public:
    /// `where` is what to call the object in the error, such as "change 3"; empty is the whole file. Owns nothing.
    json_members(const boost::json::object& of, std::string where, std::string& error)
        : of_(of), where_(std::move(where)), error_(error) {}

    /// From now on the object is called that.
    void call_it(std::string where) { where_ = std::move(where); }

    std::string text(std::string_view name);        ///< Not empty.
    std::string text_if_any(std::string_view name); ///< Empty where it is missing.
    std::int64_t number(std::string_view name);     ///< 0 or above.
    std::int64_t count(std::string_view name);      ///< The same, and no more than there can be of anything.
    std::optional<std::int64_t> number_if_any(std::string_view name);
    std::optional<std::int64_t> number_or_null(std::string_view name); ///< It has to be there.
    bool truth_if_any(std::string_view name);                          ///< False where it is missing.
    std::int64_t milliseconds(std::string_view name);                  ///< Of a number of seconds.
    std::vector<std::int64_t> numbers_if_any(std::string_view name);
    const boost::json::array& list(std::string_view name);
    const boost::json::object& object(std::string_view name);

    /// Says what is wrong with the object; a phrase that completes "change 3 ...".
    void complain(const std::string& phrase);

private:
    const boost::json::value* find(std::string_view name) const;
    std::int64_t id_of(const boost::json::value& from, std::string_view name);
    void should_be(std::string_view name, std::string_view kind);

    const boost::json::object& of_;
    std::string where_;
    std::string& error_;
};

} // namespace contactd
