// The text format in which Prometheus reads metrics (https://prometheus.io/docs/instrumenting/exposition_formats/, text format
// 0.0.4). It checks nothing: names and labels are literals of this program, and no label's value ever comes from outside.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "base/measure.h"

namespace cli {

class Exposition {
 public:
  using Labels = std::initializer_list<std::pair<std::string_view, std::string_view>>;

  // One number that only grows, or one that comes and goes.
  void counter(std::string_view name, std::string_view help, double value);
  void gauge(std::string_view name, std::string_view help, double value);
  void histogram(std::string_view name, std::string_view help, const base::Distribution& values);

  // Several with labels: the family first, then each of them.
  void family(std::string_view name, std::string_view type, std::string_view help);
  void sample(std::string_view name, Labels labels, double value);

  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

}  // namespace cli
