#include "tests/connection/scripted_server.hpp"

#include <arpa/inet.h>
#include <csignal>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <sys/socket.h>
#include <unistd.h>

namespace connection_test {

namespace ssl = boost::asio::ssl;

namespace {

sockaddr_in address_of(const std::string& address, std::uint16_t port) {
    sockaddr_in made{};
    made.sin_family = AF_INET;
    made.sin_port = htons(port);
    ::inet_pton(AF_INET, address.c_str(), &made.sin_addr);
    return made;
}

int listen_at(const std::string& address, std::uint16_t port, int backlog) {
    const int listening = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const auto where = address_of(address, port);
    if (listening < 0 || ::bind(listening, reinterpret_cast<const sockaddr*>(&where), sizeof where) != 0 ||
        ::listen(listening, backlog) != 0)
        throw std::runtime_error("cannot listen at " + address);
    return listening;
}

std::uint16_t port_of(int socket) {
    sockaddr_in found{};
    socklen_t size = sizeof found;
    ::getsockname(socket, reinterpret_cast<sockaddr*>(&found), &size);
    return ntohs(found.sin_port);
}

/// One request with its body; empty when the client has gone away.
std::string read_request(SSL* tls) {
    std::string read;
    std::size_t wanted = 1;
    while (read.size() < wanted) {
        char some[4096];
        const int size = SSL_read(tls, some, sizeof some);
        if (size <= 0)
            return {};
        read.append(some, static_cast<std::size_t>(size));
        const auto end = read.find("\r\n\r\n");
        const auto length = read.find("Content-Length: ");
        wanted = end == std::string::npos ? read.size() + 1 : end + 4;
        if (end != std::string::npos && length < end)
            wanted += std::stoul(read.substr(length + 16));
    }
    return read;
}

void wait_for_the_end(int socket) {
    char ignored[256];
    while (::recv(socket, ignored, sizeof ignored, 0) > 0) {
    }
}

} // namespace

std::string answer(const std::string& header) {
    return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n" + header + "\r\n{}";
}

scripted_server::scripted_server(std::vector<conversation> script, int newest, const std::vector<std::string>& names)
    : script_(std::move(script)), context_(ssl::context::tls_server), listening_(listen_at("127.0.0.1", 0, 16)),
      port_(port_of(listening_)) {
    std::signal(SIGPIPE, SIG_IGN); // A client that has gone away is an error of the write.
    const auto certificates = sandbox::make_certificates(sandbox::certificate_flaw::none, names);
    std::ofstream(ca_file()) << certificates.authority;
    context_.use_certificate_chain(boost::asio::buffer(certificates.certificate));
    context_.use_private_key(boost::asio::buffer(certificates.key), ssl::context::pem);
    static constexpr unsigned char name[] = "scripted";
    SSL_CTX_set_session_id_context(context_.native_handle(), name, sizeof name);
    SSL_CTX_set_max_proto_version(context_.native_handle(), newest);
    accepting_ = std::thread([this] { serve(); });
}

scripted_server::~scripted_server() {
    ::shutdown(listening_, SHUT_RDWR);
    accepting_.join();
    ::close(listening_);
    {
        const std::scoped_lock lock(guard_);
        for (const int one : open_)
            ::shutdown(one, SHUT_RDWR);
    }
    for (auto& one : talks_)
        one.join();
}

void scripted_server::serve() {
    for (int socket = 0; (socket = ::accept4(listening_, nullptr, nullptr, SOCK_CLOEXEC)) >= 0;) {
        const std::scoped_lock lock(guard_);
        const auto number = static_cast<std::size_t>(connections_++);
        if (number >= script_.size()) {
            ::close(socket);
            continue;
        }
        open_.insert(socket);
        talks_.emplace_back([this, socket, number] { talk(socket, script_[number]); });
    }
}

void scripted_server::talk(int socket, const conversation& what) {
    if (what.first == greeting::handshake) {
        const std::unique_ptr<SSL, void (*)(SSL*)> tls(SSL_new(context_.native_handle()), SSL_free);
        SSL_set_fd(tls.get(), socket);
        if (SSL_accept(tls.get()) == 1) {
            {
                const std::scoped_lock lock(guard_);
                resumed_ += SSL_session_reused(tls.get());
            }
            answer_all(tls.get(), what);
        }
    } else if (what.first == greeting::silence) {
        wait_for_the_end(socket);
    }
    const std::scoped_lock lock(guard_);
    open_.erase(socket);
    ::close(socket);
}

void scripted_server::answer_all(SSL* tls, const conversation& what) {
    for (const auto& one : what.replies) {
        auto request = read_request(tls);
        if (request.empty())
            return;
        {
            const std::scoped_lock lock(guard_);
            requests_.push_back(std::move(request));
        }
        for (const auto& record : one.records)
            if (!record.empty())
                SSL_write(tls, record.data(), static_cast<int>(record.size()));
        if (one.end == ending::goodbye)
            SSL_shutdown(tls);
        if (one.end != ending::none)
            return;
    }
    wait_for_the_end(SSL_get_fd(tls));
}

int scripted_server::connections() const {
    const std::scoped_lock lock(guard_);
    return connections_;
}

int scripted_server::resumed() const {
    const std::scoped_lock lock(guard_);
    return resumed_;
}

int scripted_server::open() const {
    const std::scoped_lock lock(guard_);
    return static_cast<int>(open_.size());
}

std::vector<std::string> scripted_server::requests() const {
    const std::scoped_lock lock(guard_);
    return requests_;
}

silent_address::silent_address(const std::string& address, std::uint16_t port)
    : sockets_(1, listen_at(address, port, 0)), port_(port_of(sockets_.front())) {
    // Whoever waits to be accepted fills the queue; of those that come after, the system takes no notice.
    const auto where = address_of(address, port_);
    for (int i = 0; i < 4; ++i) {
        sockets_.push_back(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
        ::connect(sockets_.back(), reinterpret_cast<const sockaddr*>(&where), sizeof where);
    }
}

silent_address::~silent_address() {
    for (const int one : sockets_)
        ::close(one);
}

} // namespace connection_test
