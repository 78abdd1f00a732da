#include "daemon/sweep/listener.hpp"

namespace contactd {

void listeners::instance_started(const std::string& instance) {
    for (auto* one : all_)
        one->instance_started(instance);
}

void listeners::device_decided(const device_outcome& outcome) {
    for (auto* one : all_)
        one->device_decided(outcome);
}

void listeners::write_found_out(const found_out_write& what) {
    for (auto* one : all_)
        one->write_found_out(what);
}

void listeners::companies_changed(const changed_companies& what) {
    for (auto* one : all_)
        one->companies_changed(what);
}

void listeners::company_held(const held_company& company) {
    for (auto* one : all_)
        one->company_held(company);
}

void listeners::company_finished(const finished_company& company) {
    for (auto* one : all_)
        one->company_finished(company);
}

void listeners::trouble_met(const trouble& what) {
    for (auto* one : all_)
        one->trouble_met(what);
}

void listeners::shortcut_turned(const turned_shortcut& what) {
    for (auto* one : all_)
        one->shortcut_turned(what);
}

void listeners::request_ended(const std::string& instance, const autotask::request_record& what) {
    for (auto* one : all_)
        one->request_ended(instance, what);
}

void listeners::progressed(const std::string& instance, const progress& now) {
    for (auto* one : all_)
        one->progressed(instance, now);
}

void listeners::allowance_used_up(const waiting_sweep& what) {
    for (auto* one : all_)
        one->allowance_used_up(what);
}

void listeners::allowance_free_again(const std::string& instance) {
    for (auto* one : all_)
        one->allowance_free_again(instance);
}

void listeners::instance_finished(const finished_instance& instance) {
    for (auto* one : all_)
        one->instance_finished(instance);
}

} // namespace contactd
