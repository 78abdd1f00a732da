#include "daemon/sweep/recall.hpp"

#include <utility>

namespace contactd {

namespace asio = boost::asio;

asio::awaitable<std::expected<instance_past, std::string>> recall(const sweep_context& with, std::string instance,
                                                                  std::chrono::seconds people_within) {
    const auto since = with.time.wall() - people_within;
    std::expected<instance_past, std::string> past;
    if (with.records != nullptr)
        past = co_await with.records->journal().past(std::move(instance), since);
    else if (with.read_past)
        past = with.read_past(instance, since);
    if (!past)
        past = std::unexpected("it is not known which contacts were chosen by people: " + past.error());
    co_return past;
}

} // namespace contactd
