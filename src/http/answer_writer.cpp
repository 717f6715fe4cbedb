#include "http/answer_writer.h"

#include <sys/sendfile.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

namespace http {

namespace {

constexpr std::size_t encrypted_piece = 64 * 1024;
constexpr std::size_t sent_piece = 512 * 1024;
constexpr std::uint64_t pieces_a_turn = 8;
constexpr std::uint64_t encrypted_turn = 512 * 1024;

}  // namespace

AnswerWriter::Outcome AnswerWriter::send_borrowed(std::string_view head, std::string_view ending, std::string_view body) {
  const std::array<net::const_buffer, 3> parts{net::buffer(head), net::buffer(ending), net::buffer(body)};
  ErrorCode error;
  const std::size_t written = transport_.write(parts, error);
  if (error && error != net::error::would_block) return Outcome::broken;
  const std::size_t before_body = head.size() + ending.size();
  if (written == before_body + body.size() && !transport_.has_unsent()) return Outcome::all;
  keep_rest(error ? 0 : written, head, ending);
  rest_.append(body.substr(written > before_body ? written - before_body : 0));
  return Outcome::blocked;
}

AnswerWriter::Outcome AnswerWriter::send(Answer answer, std::string_view ending) {
  answer_ = std::move(answer);
  const std::string_view head = answer_->head(), body = answer_->body();
  const bool has_file = answer_->file() && answer_->file()->size() > 0;
  const std::array<net::const_buffer, 3> parts{net::buffer(head), net::buffer(ending), net::buffer(body)};
  ErrorCode error;
  const std::size_t written = transport_.write(parts, error, has_file ? MSG_MORE : 0);
  if (error && error != net::error::would_block) return Outcome::broken;
  const std::size_t before_body = head.size() + ending.size();
  keep_rest(written, head, ending);
  body_rest_ = body.substr(written > before_body ? written - before_body : 0);
  return go_on();
}

AnswerWriter::Outcome AnswerWriter::go_on() {
  has_moved_ = false;
  while (true) {
    if (const Outcome rest = write_rest(); rest != Outcome::all) return rest;
    if (!answer_ || !answer_->file() || file_sent_ == answer_->file()->size()) return Outcome::all;
    if (!transport_.is_secure()) return write_file();
    if (const Outcome piece = encrypt_file(); piece != Outcome::all) return piece;
  }
}

void AnswerWriter::append(std::string_view bytes) {
  if (rest_sent_ == rest_.size()) {
    rest_.clear();
    rest_sent_ = 0;
  }
  rest_.append(bytes);
}

void AnswerWriter::clear() {
  answer_.reset();
  rest_.clear();
  rest_sent_ = 0;
  body_rest_ = {};
  file_sent_ = 0;
}

void AnswerWriter::keep_rest(std::size_t written, std::string_view head, std::string_view ending) {
  rest_sent_ = 0;
  rest_.clear();
  if (written < head.size()) rest_.append(head.substr(written));
  const std::size_t ending_written = written > head.size() ? written - head.size() : 0;
  if (ending_written < ending.size()) rest_.append(ending.substr(ending_written));
}

AnswerWriter::Outcome AnswerWriter::write_rest() {
  while (rest_sent_ < rest_.size() || !body_rest_.empty() || transport_.has_unsent()) {
    const std::string_view rest = std::string_view(rest_).substr(rest_sent_);
    const std::array<net::const_buffer, 2> parts{net::buffer(rest), net::buffer(body_rest_)};
    ErrorCode error;
    const std::size_t written = transport_.write(parts, error);
    if (error == net::error::would_block) return Outcome::blocked;
    if (error) return Outcome::broken;
    has_moved_ = true;
    const std::size_t of_rest = std::min(written, rest.size());
    rest_sent_ += of_rest;
    body_rest_.remove_prefix(written - of_rest);
  }
  return Outcome::all;
}

AnswerWriter::Outcome AnswerWriter::write_file() {
  const FileBody& file = *answer_->file();
  for (std::uint64_t piece = 0; file_sent_ < file.size(); ++piece) {
    if (piece == pieces_a_turn) return Outcome::yielded;
    const std::size_t most = static_cast<std::size_t>(std::min<std::uint64_t>(file.size() - file_sent_, sent_piece));
    auto offset = static_cast<off_t>(file.offset() + file_sent_);
    const ssize_t sent = ::sendfile(transport_.socket().native_handle(), file.descriptor(), &offset, most);
    if (sent < 0 && errno == EINTR) continue;
    if (sent < 0 && errno == EAGAIN) return Outcome::blocked;
    if (sent <= 0) return Outcome::broken;  // 0: somebody cut the file; only the end of the connection can say so
    file_sent_ += static_cast<std::uint64_t>(sent);
    has_moved_ = true;
  }
  return Outcome::all;
}

// The kernel cannot encrypt what it sends from a file, so the file comes through memory, a piece at a time.
AnswerWriter::Outcome AnswerWriter::encrypt_file() {
  const FileBody& file = *answer_->file();
  const std::size_t most = static_cast<std::size_t>(std::min<std::uint64_t>(file.size() - file_sent_, encrypted_piece));
  rest_.resize(most);
  rest_sent_ = 0;
  const ssize_t count = ::pread(file.descriptor(), rest_.data(), most, static_cast<off_t>(file.offset() + file_sent_));
  if (count <= 0) return Outcome::broken;  // somebody cut the file; only the end of the connection can say so
  rest_.resize(static_cast<std::size_t>(count));
  const std::uint64_t turn = file_sent_ / encrypted_turn;
  file_sent_ += rest_.size();
  return file_sent_ / encrypted_turn == turn ? Outcome::all : Outcome::yielded;
}

}  // namespace http
