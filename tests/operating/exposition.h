// A strict reader of the text in which metrics are told (https://prometheus.io/docs/instrumenting/exposition_formats/, text
// format 0.0.4), stricter than Prometheus itself: what it takes, every reader takes.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace operating {

struct Sample {
  std::string name;
  std::map<std::string, std::string> labels;
  double value = 0;
};

struct Family {
  std::string type;  // counter, gauge or histogram
  std::string help;
  std::vector<Sample> samples;
};

using Families = std::map<std::string, Family>;

// Throws std::runtime_error with the number of the line and what is wrong with it.
Families parse_exposition(std::string_view text);

// The value of the one sample with these labels; throws if there is none.
double value_of(const Families& families, const std::string& name, const std::map<std::string, std::string>& labels = {});

}  // namespace operating
