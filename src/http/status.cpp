#include "http/status.h"

#include <string>

namespace http {

namespace {

struct Words {
  int status;
  std::string_view reason;
  std::string_view sentence;  // for answers of our own
};

constexpr Words words[] = {
    {100, "Continue", ""},
    {200, "OK", ""},
    {201, "Created", ""},
    {202, "Accepted", ""},
    {204, "No Content", ""},
    {206, "Partial Content", ""},
    {301, "Moved Permanently", ""},
    {302, "Found", ""},
    {303, "See Other", ""},
    {304, "Not Modified", ""},
    {307, "Temporary Redirect", ""},
    {308, "Permanent Redirect", ""},
    {400, "Bad Request", "The request does not follow the rules of HTTP."},
    {401, "Unauthorized", "Sign in first."},
    {403, "Forbidden", "This is not allowed."},
    {404, "Not Found", "There is nothing here."},
    {405, "Method Not Allowed", "This address does not take that method."},
    {406, "Not Acceptable", "Nothing here is of the kind that was asked for."},
    {408, "Request Timeout", "The request took too long to arrive."},
    {409, "Conflict", "The request clashes with what is there."},
    {410, "Gone", "What was here was taken down on purpose."},
    {412, "Precondition Failed", "A condition of the request does not hold."},
    {413, "Content Too Large", "The body of the request is too large."},
    {414, "URI Too Long", "The address is too long."},
    {415, "Unsupported Media Type", "This kind of content is not taken here."},
    {416, "Range Not Satisfiable", "The range that was asked for lies outside the file."},
    {417, "Expectation Failed", "Only the expectation 100-continue is known here."},
    {421, "Misdirected Request", "This site is not served here."},
    {422, "Unprocessable Content", "The content breaks a rule."},
    {428, "Precondition Required", "A condition is missing in the request."},
    {429, "Too Many Requests", "Too many requests; try again later."},
    {431, "Request Header Fields Too Large", "The headers of the request are too large."},
    {451, "Unavailable For Legal Reasons", "This may not be shown for legal reasons."},
    {500, "Internal Server Error", "Something went wrong here. It was written to the log."},
    {501, "Not Implemented", "The server does not know this method or transfer coding."},
    {502, "Bad Gateway", "A server behind this one did not answer properly."},
    {503, "Service Unavailable", "The server is busy. Try again in a moment."},
    {504, "Gateway Timeout", "A server behind this one did not answer in time."},
    {505, "HTTP Version Not Supported", "Only HTTP/1.1 and HTTP/1.0 are spoken here."},
    {507, "Insufficient Storage", "There is no room left to store this."},
};

const Words* find_words(int status) {
  for (const Words& entry : words) {
    if (entry.status == status) return &entry;
  }
  return nullptr;
}

}  // namespace

std::string_view reason_of(int status) {
  const Words* found = find_words(status);
  return found ? found->reason : "Unknown";
}

Response plain_answer(int status) {
  Response response;
  response.status = status;
  response.add("Content-Type", "text/plain; charset=utf-8")
      .add("X-Content-Type-Options", "nosniff")
      .add("Cache-Control", "no-store");
  const Words* found = find_words(status);
  response.body = std::to_string(status) + ' ' + std::string(reason_of(status)) + '\n';
  if (found && !found->sentence.empty()) response.body += std::string(found->sentence) + '\n';
  return response;
}

}  // namespace http
