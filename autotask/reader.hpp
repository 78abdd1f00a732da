#pragma once

#include "autotask/field_info.hpp"
#include "autotask/query.hpp"
#include "autotask/rows.hpp"
#include "autotask/session.hpp"
#include "autotask/threshold.hpp"
#include "autotask/wanted_rows.hpp"
#include "core/scope.hpp"

#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace autotask {

/// Reads from one instance; has no way to write. Every question that may have more rows than a page is asked page by
/// page until the end, or fails: half an answer would look like a whole one. Lives no longer than the session.
class reader {
public:
    explicit reader(session& on) : session_(on) {}

    /// What the questions for devices and contacts are to ask for from now on.
    void want(wanted_rows rows) { wanted_ = std::move(rows); }
    const wanted_rows& wanted() const { return wanted_; }

    /// The active companies that meet every condition.
    boost::asio::awaitable<result<rows<core::company>>> companies(std::vector<condition> filter);

    /// These companies, whatever they are like; those that are gone are missing. Of more than `longest_list` in several
    /// questions, one after the other.
    boost::asio::awaitable<result<rows<core::company>>> companies_now(std::vector<core::company_id> companies);

    /// The active devices of these companies that are wanted and have a last user. `longest_list` companies at the
    /// most.
    boost::asio::awaitable<result<rows<core::device>>> devices(std::vector<core::company_id> of);

    /// How many more of these types and categories there are without a last user.
    boost::asio::awaitable<result<std::int64_t>> count_without_last_user(std::vector<core::company_id> of,
                                                                         core::device_types types,
                                                                         core::device_categories categories);

    /// The active contacts of these companies that are wanted. `longest_list` companies at the most.
    boost::asio::awaitable<result<rows<core::contact>>> contacts(std::vector<core::company_id> of);

    /// How many they are. This question and the next ones save others: they are given up after a few attempts, because
    /// whoever asks can read everything instead.
    boost::asio::awaitable<result<std::int64_t>> count_contacts(std::vector<core::company_id> of);

    /// What was modified from that moment on, whether or not it is wanted. Of these companies, `longest_list` at the
    /// most; of all where none is named.
    boost::asio::awaitable<result<rows<core::device>>> devices_modified(std::vector<core::company_id> of,
                                                                        core::wall_time since);
    boost::asio::awaitable<result<rows<core::contact>>> contacts_modified(std::vector<core::company_id> of,
                                                                          core::wall_time since);

    /// These rows as they are now, `longest_list` at the most; those that are gone are missing.
    boost::asio::awaitable<result<rows<core::device>>> devices_now(std::vector<core::device_id> devices);
    boost::asio::awaitable<result<rows<core::contact>>> contacts_now(std::vector<core::contact_id> contacts);

    /// The same for whoever has no other way: asked for as patiently as anything.
    boost::asio::awaitable<result<rows<core::device>>> look_up_devices(std::vector<core::device_id> devices);
    boost::asio::awaitable<result<rows<core::contact>>> look_up_contacts(std::vector<core::contact_id> contacts);

    /// The active contacts of these companies that have one of the texts in one of the address fields. `longest_list`
    /// companies and `longest_list` texts times fields at the most. Whether the server ignores case is up to it.
    boost::asio::awaitable<result<rows<core::contact>>> contacts_with(std::vector<core::company_id> of,
                                                                      std::vector<std::string> texts);

    /// The devices of this id, if one is given, and those whose hostname or title is this text, wanted or not, whatever
    /// the server takes for equal.
    boost::asio::awaitable<result<rows<core::device>>> devices_called(std::optional<core::device_id> id,
                                                                      std::string text);

    /// The contacts of the company that contacts() leaves out, and perhaps some that it does not: inactive ones, and
    /// those without an address.
    boost::asio::awaitable<result<rows<core::contact>>> contacts_left_out(core::company_id of);

    /// Some active contacts of other companies with an address that begins with the text, `most_elsewhere` at the most.
    static constexpr std::size_t most_elsewhere = 20;
    boost::asio::awaitable<result<rows<core::contact>>> contacts_elsewhere(core::company_id than, std::string text);

    /// These devices as they are now, a page of them at the most; those that are gone are missing. Sent even when a
    /// stop was requested: it tells what became of a write.
    boost::asio::awaitable<result<rows<core::device>>> read_back(std::vector<core::device_id> devices);

    /// The company of one device; nothing when there is no such device.
    boost::asio::awaitable<result<std::optional<core::company_id>>> company_of(core::device_id device);

    /// How many active companies meet every condition.
    boost::asio::awaitable<result<std::int64_t>> count_companies(std::vector<condition> filter);

    /// Asks for one row of the entity: whether the API user may read it at all.
    boost::asio::awaitable<result<void>> probe(std::string entity);

    /// Whether the API user may change devices, by the entity's own information.
    boost::asio::awaitable<result<bool>> may_update_devices();

    /// What the API says of the fields of an entity, or of its user-defined ones.
    boost::asio::awaitable<result<std::vector<field_info>>> fields(std::string entity);
    boost::asio::awaitable<result<std::vector<field_info>>> user_fields(std::string entity);

    /// The names of the categories a device may have, as values like those of a picklist.
    boost::asio::awaitable<result<std::vector<picklist_value>>> categories();

    /// The use of the request allowance.
    boost::asio::awaitable<result<autotask::threshold>> threshold();

private:
    boost::asio::awaitable<result<rows<core::contact>>> contact_rows(query what, std::string doing);
    boost::asio::awaitable<result<rows<core::contact>>> contact_pages(query what, std::string doing,
                                                                      std::vector<bool>& seen);
    boost::asio::awaitable<result<rows<core::device>>> device_rows(query what, std::string doing);
    boost::asio::awaitable<result<std::int64_t>> count(std::string entity, query what, std::string doing);
    boost::asio::awaitable<result<std::vector<field_info>>> field_list(std::string entity, std::string rest,
                                                                       std::string doing);

    session& session_;
    wanted_rows wanted_;
    bool names_user_fields_ = true; ///< In the list of wanted fields, until that turns out to be in vain.
};

} // namespace autotask
