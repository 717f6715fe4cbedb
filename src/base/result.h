// Result<T>: a value, or an Error that the person asking is told about. What nobody could be told something specific about
// (database gone, disk full, a bug) is an exception instead, caught only in the request loop, the job loop and main.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace base {

// The eight kinds of refusal. web turns each into one HTTP status, main into one exit code.
enum class Errc {
  invalid,      // the request's content breaks a rule; fields say which        400/422
  unproven,     // the proof of origin or a capability is missing or wrong      403
  forbidden,    // known and understood, but not allowed                        403
  not_found,    //                                                              404
  conflict,     // it clashes with what is there                                409
  gone,         // was there and was taken down on purpose                      410
  too_many,     // a limit of the server is reached; try later                  429
  unavailable,  // cannot be done at present                                    503
};

struct FieldError {
  std::string field;  // the name of the form field, front-matter key or argument
  std::string key;    // a key of the message catalogue, "comment.email.invalid"

  bool operator==(const FieldError&) const = default;
};

struct Error {
  Errc code = Errc::invalid;
  std::string key;                 // a key of the message catalogue, or for operators a whole English sentence with its remedy
  std::vector<FieldError> fields;  // empty unless code is invalid

  bool operator==(const Error&) const = default;
};

template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

  explicit operator bool() const { return state_.index() == 0; }
  // Precondition of the value accessors: the Result holds a value. std::get throws otherwise, never undefined.
  T& operator*() & { return std::get<0>(state_); }
  const T& operator*() const& { return std::get<0>(state_); }
  T&& operator*() && { return std::get<0>(std::move(state_)); }
  T* operator->() { return &std::get<0>(state_); }
  const T* operator->() const { return &std::get<0>(state_); }

  const Error& error() const& { return std::get<1>(state_); }
  Error&& error() && { return std::get<1>(std::move(state_)); }

 private:
  std::variant<T, Error> state_;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(std::move(error)) {}

  explicit operator bool() const { return !error_; }
  void operator*() const {}
  const Error& error() const& { return error_.value(); }
  Error&& error() && { return std::move(error_).value(); }

 private:
  std::optional<Error> error_;
};

}  // namespace base

// TRY(expression) gives the value or returns the Error from the function around it. Use it only as a whole statement or
// right after '=' or 'return'. It is a GNU statement expression, which g++ and clang both have.
#define TRY(...)                                                                                         \
  __extension__({                                                                                        \
    auto try_result_ = (__VA_ARGS__);                                                                    \
    if (!try_result_) return std::move(try_result_).error();                                             \
    *std::move(try_result_);                                                                             \
  })
