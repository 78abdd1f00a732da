#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/value.hpp>

#include "tests/sandbox/model/admin.hpp"
#include "tests/sandbox/model/world.hpp"

namespace behaviours {

using sandbox::entity;
using sandbox::http_response;
using namespace std::chrono_literals;

/// A client of a small world in memory, with a virtual clock. The world:
///     company 0 (the provider), 10 with the branch 11, whose own branch is 12, and 20
///     contact 101 and the inactive 102 at 10, 111 at 11, 121 at 12, 201 at 20, 1 at 0
///     device 1001 of 10 with contact 101, 1002 of 11, 1003 of 12, 1004 of 20 inactive, 1005 of 0 without a type
class api {
public:
    api();

    http_response send(std::string method, std::string path, std::string body = std::string{});
    http_response get(std::string path) { return send("GET", std::move(path)); }
    http_response post(std::string path, std::string body) { return send("POST", std::move(path), std::move(body)); }
    http_response patch(std::string path, std::string body) { return send("PATCH", std::move(path), std::move(body)); }
    /// A query of devices with these filter nodes: `{"op":...},{...}`.
    http_response devices(std::string_view nodes, std::string_view more = std::string_view{});
    /// The ids of the rows that query finds; fails the test when it is refused.
    std::vector<std::int64_t> device_ids(std::string_view nodes);

    void put(entity which, std::string_view row);
    void set(std::string_view switch_name, std::string_view content);
    [[nodiscard]] sandbox::value cell(entity which, std::int64_t id, std::string_view field) const;
    [[nodiscard]] std::int64_t contact_of(std::int64_t device) const; ///< 0 when null

    std::unique_ptr<sandbox::autotask> world = sandbox::make_empty_world();
    sandbox::time_point now{std::chrono::seconds{1'768'464'000}};
    sandbox::header_list headers; ///< the credentials
    std::size_t zone = 0;
};

inline constexpr std::string_view root = "/ATServicesRest/V1.0/";

[[nodiscard]] boost::json::value parse(const http_response& reply);
/// The first text of the errors array; empty when there is none.
[[nodiscard]] std::string first_error(const http_response& reply);
[[nodiscard]] std::string errors_of(const http_response& reply); ///< all of them, with `|` between
[[nodiscard]] std::vector<std::int64_t> ids_of(const http_response& reply);
/// Path and query of an absolute URL in `pageDetails`; empty when it is null.
[[nodiscard]] std::string page_target(const http_response& reply, std::string_view which);

using ids = std::vector<std::int64_t>;

} // namespace behaviours
