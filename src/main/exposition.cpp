#include "main/exposition.h"

#include "base/format.h"

namespace cli {

void Exposition::counter(std::string_view name, std::string_view help, double value) {
  family(name, "counter", help);
  sample(name, {}, value);
}

void Exposition::gauge(std::string_view name, std::string_view help, double value) {
  family(name, "gauge", help);
  sample(name, {}, value);
}

// The buckets are cumulative, and the last one holds all.
void Exposition::histogram(std::string_view name, std::string_view help, const base::Distribution& values) {
  family(name, "histogram", help);
  std::uint64_t below = 0;
  for (std::size_t i = 0; i < values.counts.size(); ++i) {
    below += values.counts[i];
    const std::string bound = i < values.bounds.size() ? base::format("{}", values.bounds[i]) : "+Inf";
    sample(base::format("{}_bucket", name), {{"le", bound}}, static_cast<double>(below));
  }
  sample(base::format("{}_sum", name), {}, values.sum);
  sample(base::format("{}_count", name), {}, static_cast<double>(below));
}

void Exposition::family(std::string_view name, std::string_view type, std::string_view help) {
  text_ += base::format("# HELP {0} {2}\n# TYPE {0} {1}\n", name, type, help);
}

void Exposition::sample(std::string_view name, Labels labels, double value) {
  text_ += name;
  char before = '{';
  for (const auto& [label, content] : labels) {
    text_ += base::format("{}{}=\"{}\"", before, label, content);
    before = ',';
  }
  text_ += base::format("{} {}\n", before == ',' ? "}" : "", value);
}

}  // namespace cli
