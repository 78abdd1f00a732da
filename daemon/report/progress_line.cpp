#include "daemon/report/progress_line.hpp"

#include "daemon/printable.hpp"

#include <algorithm>
#include <cstdio>
#include <fmt/format.h>

namespace contactd {

using namespace std::chrono_literals;

namespace {

constexpr auto between_drawings = 100ms;

} // namespace

void progress_line::progressed(const std::string& instance, const progress& now) {
    instances_[instance] = now;
    if (time_.now() - drawn_ < between_drawings)
        return;
    drawn_ = time_.now();
    draw();
}

void progress_line::instance_finished(const finished_instance& instance) {
    instances_[instance.instance] = instance.final;
    draw();
}

void progress_line::draw() {
    progress sum;
    for (const auto& [name, one] : instances_) {
        sum.waiting = sum.waiting || one.waiting;
        if (one.left)
            sum.left = std::max(sum.left.value_or(0ms), *one.left);
        sum.companies += one.companies;
        sum.companies_done += one.companies_done;
        sum.devices += one.devices;
        sum.changes += one.changes;
        sum.requests += one.requests;
    }
    auto line = fmt::format("\r\x1b[K{}/{} companies, {} devices, {} changes, {} requests", grouped(sum.companies_done),
                            grouped(sum.companies), grouped(sum.devices), grouped(sum.changes), grouped(sum.requests));
    if (sum.waiting)
        line += ", waiting for free requests";
    if (sum.left)
        line += ", " + about(*sum.left) + " left";
    std::fputs(line.c_str(), stderr);
    std::fflush(stderr);
}

void progress_line::clear() {
    std::fputs("\r\x1b[K", stderr);
    std::fflush(stderr);
}

} // namespace contactd
