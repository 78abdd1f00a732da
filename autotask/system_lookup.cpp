#include "autotask/name_lookup.hpp"

#include <cerrno>
#include <cstring>
#include <memory>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>

namespace autotask {

namespace ip = boost::asio::ip;

namespace {

ip::address address_of(const sockaddr& raw) {
    if (raw.sa_family == AF_INET) {
        sockaddr_in one{};
        std::memcpy(&one, &raw, sizeof one);
        return ip::address_v4(ntohl(one.sin_addr.s_addr));
    }
    sockaddr_in6 one{};
    std::memcpy(&one, &raw, sizeof one);
    ip::address_v6::bytes_type bytes{};
    std::memcpy(bytes.data(), &one.sin6_addr, bytes.size());
    return ip::address_v6(bytes, one.sin6_scope_id);
}

lookup_answer look_up(const std::string& host) {
    addrinfo wanted{};
    wanted.ai_socktype = SOCK_STREAM; // Otherwise each address comes once for every kind of socket.
    addrinfo* first = nullptr;
    const int status = ::getaddrinfo(host.c_str(), nullptr, &wanted, &first);
    if (status != 0)
        return std::unexpected(std::string(status == EAI_SYSTEM ? std::strerror(errno) : ::gai_strerror(status)));
    const std::unique_ptr<addrinfo, void (*)(addrinfo*)> all(first, ::freeaddrinfo);
    addresses found;
    for (const auto* one = all.get(); one; one = one->ai_next)
        if (one->ai_family == AF_INET || one->ai_family == AF_INET6)
            found.push_back(address_of(*one->ai_addr));
    return found;
}

} // namespace

lookup_function system_lookup() {
    return look_up;
}

} // namespace autotask
