#pragma once

#include "tests/sandbox/model/autotask.hpp"
#include "tests/sandbox/model/random.hpp"

#include <boost/json/object.hpp>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace test_support {

/// The contact of every configuration item; 0 is none.
std::map<std::int64_t, std::int64_t> stored_contacts(const sandbox::database& tenant);

/// People and the RMM at work, in a way that a seed repeats. Each step does the same to every world it is given.
class office {
public:
    /// Owns nothing. `now` is what time it is for the worlds.
    office(std::uint64_t seed, std::vector<sandbox::autotask*> worlds, std::function<sandbox::time_point()> now);

    /// So many people sit down at the desk of somebody of the same company.
    void people_move(int people);

    /// Anything else that happens in an office.
    void something_happens();

    /// What only some rules look at: somebody gets another name, login name or further address, a company another
    /// parent.
    void somebody_is_called_otherwise();

    /// Deleting leaves no date that could be asked for.
    void somebody_deletes_a_contact();

    /// Somebody sets the contact of a device by hand, to any contact of its company.
    void somebody_sets_a_contact();

private:
    const sandbox::table& rows(sandbox::entity which) const;
    std::int64_t any(sandbox::entity which);
    std::int64_t any_of_company(sandbox::entity which, std::int64_t company);
    std::string text(sandbox::entity which, std::int64_t id, std::string_view field) const;
    std::int64_t company_of(std::int64_t device) const;
    void edit(sandbox::entity which, std::int64_t id, boost::json::object fields);
    void hire(std::int64_t company);
    void put(sandbox::entity which, const boost::json::object& fields);

    sandbox::random_source dice_;
    std::vector<sandbox::autotask*> worlds_;
    std::function<sandbox::time_point()> now_;
};

} // namespace test_support
