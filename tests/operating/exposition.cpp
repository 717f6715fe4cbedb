#include "operating/exposition.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <optional>
#include <set>
#include <stdexcept>

namespace operating {
namespace {

class Line {
 public:
  Line(std::string_view text, int number) : rest_(text), number_(number) {}

  [[noreturn]] void refuse(const std::string& why) const {
    throw std::runtime_error("line " + std::to_string(number_) + ": " + why);
  }
  bool starts_with(std::string_view what) const { return rest_.starts_with(what); }
  bool take(std::string_view what) {
    if (!rest_.starts_with(what)) return false;
    rest_.remove_prefix(what.size());
    return true;
  }
  void expect(std::string_view what) {
    if (!take(what)) refuse("\"" + std::string(what) + "\" is missing before \"" + std::string(rest_) + "\"");
  }
  bool is_at_end() const { return rest_.empty(); }
  std::string_view rest() const { return rest_; }

  // [a-zA-Z_:][a-zA-Z0-9_:]*; a label's name has no colon.
  std::string name(bool may_have_colon) {
    std::size_t end = 0;
    const auto fits = [&](char c) {
      return std::isalpha(static_cast<unsigned char>(c)) || c == '_' || (c == ':' && may_have_colon) ||
             (end > 0 && std::isdigit(static_cast<unsigned char>(c)));
    };
    while (end < rest_.size() && fits(rest_[end])) ++end;
    if (end == 0) refuse("a name is missing");
    return cut(end);
  }

  std::string quoted() {
    expect("\"");
    std::string content;
    while (!rest_.empty() && rest_.front() != '"') {
      if (take("\\\\"))
        content += '\\';
      else if (take("\\\""))
        content += '"';
      else if (take("\\n"))
        content += '\n';
      else if (rest_.front() == '\\')
        refuse("an unknown escape");
      else
        content += cut(1);
    }
    expect("\"");
    return content;
  }

  double number() {
    if (rest_ == "+Inf") return rest_ = {}, INFINITY;
    double value = 0;
    const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), value);
    if (error != std::errc{} || end != rest_.data() + rest_.size() || !std::isfinite(value))
      refuse("no number: \"" + std::string(rest_) + "\"");
    rest_ = {};
    return value;
  }

 private:
  std::string cut(std::size_t size) {
    std::string taken(rest_.substr(0, size));
    rest_.remove_prefix(size);
    return taken;
  }

  std::string_view rest_;
  int number_;
};

Sample parse_sample(Line& line) {
  Sample sample;
  sample.name = line.name(true);
  if (line.take("{")) {
    do {
      const std::string label = line.name(false);
      line.expect("=");
      if (!sample.labels.emplace(label, line.quoted()).second) line.refuse("the label " + label + " is there twice");
    } while (line.take(","));
    line.expect("}");
  }
  line.expect(" ");
  sample.value = line.number();
  return sample;
}

bool may_belong(const std::string& sample, const std::string& family, const std::string& type) {
  if (type != "histogram") return sample == family;
  return sample == family + "_bucket" || sample == family + "_sum" || sample == family + "_count";
}

double bound_of(const Sample& bucket) {
  const std::string& bound = bucket.labels.at("le");
  return bound == "+Inf" ? INFINITY : std::stod(bound);
}

void check_histogram(const std::string& name, const Family& family) {
  std::optional<Sample> before;
  std::map<std::string, double> ends;
  for (const Sample& sample : family.samples) {
    if (sample.name != name + "_bucket") {
      ends[sample.name] = sample.value;
      continue;
    }
    if (before && (bound_of(*before) >= bound_of(sample) || before->value > sample.value))
      throw std::runtime_error(name + ": its buckets do not rise");
    before = sample;
  }
  if (!before || bound_of(*before) != INFINITY) throw std::runtime_error(name + ": the bucket +Inf is missing");
  if (!ends.contains(name + "_sum") || !ends.contains(name + "_count"))
    throw std::runtime_error(name + ": sum or count is missing");
  if (ends.at(name + "_count") != before->value) throw std::runtime_error(name + ": count and the last bucket differ");
}

void check_family(const std::string& name, const Family& family) {
  if (family.samples.empty()) throw std::runtime_error(name + ": no sample");
  if (family.help.empty()) throw std::runtime_error(name + ": nothing says what it is");
  std::set<std::pair<std::string, std::map<std::string, std::string>>> seen;
  for (const Sample& sample : family.samples) {
    if (!seen.emplace(sample.name, sample.labels).second) throw std::runtime_error(name + ": a sample is there twice");
    if (sample.value < 0) throw std::runtime_error(name + ": less than nothing");
  }
  if (family.type == "counter" && !name.ends_with("_total")) throw std::runtime_error(name + ": a counter ends in _total");
  if (family.type != "counter" && name.ends_with("_total")) throw std::runtime_error(name + ": only a counter ends in _total");
  if (family.type == "histogram") check_histogram(name, family);
}

class Reader {
 public:
  void read(Line line) {
    if (line.take("# HELP ")) return read_help(line);
    if (line.take("# TYPE ")) return read_type(line);
    if (line.starts_with("#")) line.refuse("a comment that is neither HELP nor TYPE");
    const Sample sample = parse_sample(line);
    if (present_.empty() || families_[present_].type.empty()) line.refuse("a sample before its TYPE");
    if (!may_belong(sample.name, present_, families_[present_].type)) line.refuse(sample.name + " stands under " + present_);
    families_[present_].samples.push_back(sample);
  }
  Families finish() {
    for (const auto& [name, family] : families_) check_family(name, family);
    return std::move(families_);
  }

 private:
  void read_help(Line& line) {
    present_ = line.name(true);
    if (families_.contains(present_)) line.refuse(present_ + " is there twice");
    line.expect(" ");
    families_[present_].help = line.rest();
  }
  void read_type(Line& line) {
    if (line.name(true) != present_) line.refuse("HELP and TYPE differ");
    line.expect(" ");
    std::string& type = families_[present_].type;
    if (!type.empty()) line.refuse("a second TYPE");
    type = line.rest();
    if (type != "counter" && type != "gauge" && type != "histogram") line.refuse("no type: " + type);
  }

  Families families_;
  std::string present_;
};

}  // namespace

Families parse_exposition(std::string_view text) {
  if (!text.ends_with('\n')) throw std::runtime_error("the last line does not end");
  Reader reader;
  int number = 0;
  while (!text.empty()) {
    const auto end = text.find('\n');
    reader.read(Line(text.substr(0, end), ++number));
    text.remove_prefix(end + 1);
  }
  return reader.finish();
}

double value_of(const Families& families, const std::string& name, const std::map<std::string, std::string>& labels) {
  std::string family = name;
  for (const std::string suffix : {"_bucket", "_sum", "_count"}) {
    if (name.ends_with(suffix) && families.contains(name.substr(0, name.size() - suffix.size())))
      family.resize(name.size() - suffix.size());
  }
  const auto found = families.find(family);
  if (found != families.end()) {
    for (const Sample& sample : found->second.samples) {
      if (sample.name == name && sample.labels == labels) return sample.value;
    }
  }
  throw std::runtime_error("there is no " + name);
}

}  // namespace operating
