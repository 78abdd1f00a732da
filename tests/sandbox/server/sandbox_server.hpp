#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "tests/sandbox/control/control.hpp"
#include "tests/sandbox/model/autotask.hpp"
#include "tests/sandbox/server/certificates.hpp"
#include "tests/sandbox/server/front.hpp"

namespace sandbox {

struct server_options {
    front::ports ports;
    certificate_flaw flaw = certificate_flaw::none;
    std::vector<std::string> extra_names; ///< further host names of the certificate
    front_limits limits;
    std::string directory; ///< where ca.pem is written; empty: a temporary one, removed at the end
};

/// A world behind HTTPS, served by a thread of its own from the constructor to the destructor.
/// Throws std::system_error or std::runtime_error when it cannot listen or write.
class sandbox_server : private front_backend {
public:
    explicit sandbox_server(std::unique_ptr<autotask> world, server_options options = server_options{});
    ~sandbox_server() override;
    sandbox_server(const sandbox_server&) = delete;
    sandbox_server& operator=(const sandbox_server&) = delete;

    /// `https://127.0.0.1:PORT/ATServicesRest/`, of the zone the tenant starts in.
    [[nodiscard]] std::string base_url() const { return zone_url(0); }
    /// Of zone 0 or 1.
    [[nodiscard]] std::string zone_url(std::size_t zone) const;
    [[nodiscard]] std::string control_url() const;
    [[nodiscard]] front::ports ports() const { return ports_; }
    [[nodiscard]] const std::string& ca_pem() const { return certificates_.authority; }
    [[nodiscard]] const std::string& ca_file() const { return ca_file_; }
    [[nodiscard]] connection_counts connections() const { return front_->connections(); }

    /// Calls `work(autotask&)` while no request is looked at.
    template <typename Work>
    decltype(auto) with_model(Work&& work) {
        const std::scoped_lock lock{mutex_};
        return std::forward<Work>(work)(*world_);
    }

private:
    greeting greet() override;
    started begin(http_request request) override;
    http_response execute(std::uint64_t ticket) override;
    void end(std::uint64_t ticket) override;
    http_response control(const http_request& request) override;
    void stamp(http_response& reply) override;

    std::mutex mutex_; // guards the world
    std::unique_ptr<autotask> world_;
    control_interface control_;
    certificate_set certificates_;
    std::string directory_;
    bool is_temporary_;
    std::string ca_file_;
    std::unique_ptr<front> front_;
    front::ports ports_;
    std::thread thread_;
};

} // namespace sandbox
