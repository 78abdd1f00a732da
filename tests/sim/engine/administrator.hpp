#pragma once

#include "tests/sandbox/model/autotask.hpp"
#include "tests/sandbox/model/random.hpp"
#include "tests/sim/engine/mandate.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace simulation {

/// Who decides what contactd is to do, and changes his mind in the middle of a day.
class administrator {
public:
    /// Owns nothing. `sites` are the servers that there are: each has an instance, the first perhaps two.
    administrator(std::uint64_t seed, std::vector<sandbox::autotask*> sites);

    /// What is wanted now. It stays what it is when something else is.
    std::shared_ptr<const mandate> wants() const { return std::make_shared<const mandate>(wanted_); }

    /// Wants something else from now on. Says what, in words.
    std::string change_something();

    /// Every instance that was taken out comes back.
    void bring_all_back();

    /// The server of an instance, whether it is configured now or not.
    std::size_t site_of(std::string_view instance) const;

    /// True when instances share an API user.
    bool shares_a_user() const { return shares_; }

private:
    void begin();
    void enter_clients(std::size_t site);
    own_settings some_settings(bool of_a_client);
    void choose_rules(own_settings& into);
    std::vector<std::string> some_tags(std::uint64_t per_mille);
    std::int64_t any_company(std::size_t site);
    bool is_mapped(std::size_t site, std::int64_t company) const;
    wanted_client& any_client();
    wanted_instance& any_instance();
    void add_alias(std::size_t site, std::int64_t company, const std::string& instance);

    std::string map_or_unmap(wanted_client& one);
    std::string change_client(wanted_client& one);
    std::string move_client(wanted_client& one);
    std::string change_instance(wanted_instance& one);
    std::string take_out_or_bring_back();

    sandbox::random_source dice_;
    std::vector<sandbox::autotask*> sites_;
    mandate wanted_;
    std::vector<wanted_instance> taken_out_;
    bool shares_ = false;
};

} // namespace simulation
