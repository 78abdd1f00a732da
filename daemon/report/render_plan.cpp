#include "daemon/report/render_plan.hpp"

#include "daemon/report/render.hpp"
#include "daemon/timestamp.hpp"

namespace contactd {

std::string render_plan(const saved_plan& plan, output_format format, bool coloured) {
    switch (format) {
    case output_format::json:
        return plan_text(plan);
    case output_format::csv:
        return render_csv(plan.report);
    case output_format::markdown:
        return render_markdown(plan.report, "Plan of " + timestamp(plan.made));
    case output_format::text:
        break;
    }
    return render_text(plan.report, coloured);
}

} // namespace contactd
