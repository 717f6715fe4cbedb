// The head of one HTTP/2 request, from its decoded fields: collects them, checks what RFC 9113 and this server ask of them, and
// gives the same Head that HTTP/1.1 gives, so that nobody behind it sees a difference. It decodes nothing and knows no stream.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "http/request_parser.h"

namespace http {

// One object reads one head after the other and keeps its memory. Not thread-safe.
class Http2Head {
 public:
  explicit Http2Head(std::size_t most_bytes) : most_bytes_(most_bytes) {}

  void clear();
  // A field in the order of arrival, pseudo-header fields included. Beyond the limit it is counted and forgotten.
  void add(std::string_view name, std::string_view value);
  // What has come so far, by the measure of RFC 9113, 6.5.2: 32 bytes more for each field.
  std::size_t bytes() const { return bytes_; }

  // All fields have come. 0, or the status to refuse the request with: 400, 413, 417, 431, 501. `has_body`: something may follow.
  int finish(bool has_body, std::size_t most_body_bytes);
  // Views, good until the next clear() or add().
  const Head& head() const { return head_; }

 private:
  struct Field {
    std::size_t begin;  // in text_: the name, then the value
    std::size_t name_size;
    std::size_t value_size;
  };
  int take_pseudo(std::string_view name, std::string_view value);
  int take_regular(std::string_view name, std::string_view value);
  int check() const;

  std::size_t most_bytes_;
  std::size_t bytes_ = 0;
  std::string text_;
  std::vector<Field> fields_;
  Head head_;
  std::string_view host_;
  std::size_t content_length_ = 0;
};

}  // namespace http
