#include "daemon/audit/reading/line_sifter.hpp"

#include "daemon/audit/reading/line_blocks.hpp"

#include <algorithm>
#include <array>
#include <boost/json/monotonic_resource.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

namespace contactd {

namespace json = boost::json;

namespace {

bool looks_whole(std::string_view line) {
    return line.starts_with('{') && line.ends_with('}');
}

/// Where in a block something stands that has to be looked at. Every kind is searched for once, and again only when the
/// place has been passed.
class places_of_interest {
public:
    places_of_interest(std::string_view block, const needle_group& needles)
        : block_(block), needles_(needles), next_(needles.size() + 2, 0) {}

    /// The first place from `from` on; the size of the block when there is none.
    std::size_t from(std::size_t begin) {
        auto first = block_.size();
        for (std::size_t i = 0; i < next_.size(); ++i) {
            if (next_[i] < begin || begin == 0)
                next_[i] = search(i, begin);
            first = std::min(first, next_[i]);
        }
        return first;
    }

private:
    std::size_t search(std::size_t which, std::size_t begin) const {
        if (which < needles_.size())
            return needles_[which].find(block_, begin);
        return which == needles_.size() ? find_unicode_escape(block_, begin) : find_odd_line_end(block_, begin);
    }

    std::string_view block_;
    const needle_group& needles_;
    std::vector<std::size_t> next_;
};

} // namespace

line_sifter::line_sifter(const audit_query& query) : query_(query), needles_(needles_of(query.wanted())) {}

bool line_sifter::has_needles(std::string_view line) const {
    const auto is_met = [line](const needle_group& group) {
        return std::ranges::any_of(group,
                                   [line](const byte_search& one) { return one.find(line) != byte_search::nowhere; });
    };
    return std::ranges::all_of(needles_, is_met) || find_unicode_escape(line) != byte_search::nowhere;
}

void line_sifter::sift(std::string_view lines, std::uint64_t offset, line_receiver& to) const {
    const auto end_of = [lines](std::size_t at) { return std::min(lines.find('\n', at), lines.size()); };
    if (needles_.empty()) {
        for (std::size_t begin = 0; begin < lines.size();) {
            const auto end = end_of(begin);
            sift_line(lines.substr(begin, end - begin), offset + begin, to);
            begin = end + 1;
        }
        return;
    }
    places_of_interest places(lines, needles_.front());
    bool suspicious = !lines.starts_with('{');
    for (std::size_t begin = 0; begin < lines.size();) {
        if (!suspicious) {
            const auto place = places.from(begin);
            if (place >= lines.size())
                break;
            // The place is in this line or a later one; a line feed belongs to the line that it ends.
            const auto before = place == 0 ? std::string_view::npos : lines.rfind('\n', place - 1);
            begin = std::max(begin, before == std::string_view::npos ? 0 : before + 1);
        }
        const auto end = end_of(begin);
        sift_line(lines.substr(begin, end - begin), offset + begin, to);
        begin = end + 1;
        // What does not begin as a line of ours comes to light at the line feed before it.
        suspicious = begin < lines.size() && lines[begin] != '{';
    }
}

void line_sifter::sift_line(std::string_view line, std::uint64_t offset, line_receiver& to) const {
    if (looks_whole(line)) {
        if (const auto head = read_line_head(line); head && !query_.may_want(*head))
            return;
        if (!has_needles(line))
            return;
    }
    if (line.size() > line_blocks::longest_line) {
        to.miss(line_damage::too_long, offset, {});
        return;
    }
    std::array<unsigned char, 16384> memory; // Of nearly every line; what is longer goes to the heap.
    json::monotonic_resource resource(memory.data(), memory.size());
    boost::system::error_code failed;
    const auto parsed = json::parse(line, failed, &resource);
    if (failed || !parsed.is_object()) {
        to.miss(line_damage::no_json, offset, {});
        return;
    }
    switch (query_.judge(parsed.get_object())) {
    case line_verdict::no:
        break;
    case line_verdict::yes:
        to.take(line, parsed.get_object());
        break;
    case line_verdict::unknown_event:
        to.miss(line_damage::unknown_event, offset, text_member(parsed.get_object(), "event"));
        break;
    case line_verdict::no_audit_line:
        to.miss(line_damage::no_audit_line, offset, {});
        break;
    }
}

} // namespace contactd
