// A reader signs in by a mailed link (docs/decisions/0026). The link is good once and for half an hour; who opened it and pressed
// the button owns the address, and nothing less proves that. Whether an address is known is never told: all get the same answer.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "desk/desk.h"

namespace desk {

// A mail with a link, unless the address or the asking client had too many within the hour; the caller cannot tell. `language` is
// that of the mail. Error{invalid, "comment.invalid", fields} with the field "email" for what is no address.
base::Result<void> ask_to_sign_in(const Desk& desk, const Actor& actor, std::string_view email, std::string_view language);

// Whether the link would sign in: for the page with the button. Changes nothing. Error{unproven, "reader.link.wrong"} if it is
// forged, Error{gone, "reader.link.used"} if it was used or is too old.
base::Result<void> check_sign_in(const Desk& desk, std::string_view link);

struct SignedIn {
  news::ReaderId reader;
  std::string session;  // the cookie
};
// Uses the link up. A reader whom the actor's cookie proves becomes the confirmed one if there is none for this address yet.
// Errors as check_sign_in.
base::Result<SignedIn> sign_in(const Desk& desk, const Actor& actor, std::string_view link);

// The reader of a session cookie; none if it is forged, expired or signed out.
news::ReaderId reader_of_session(const Desk& desk, std::string_view session);
// Ends the session for good. Nothing to do for one that is none.
void sign_out(const Desk& desk, std::string_view session);

// What a signed-in reader sees of themselves.
struct ReaderAccount {
  std::string name;  // as they last signed a comment; may be empty
  struct Followed {
    std::string headline;
    std::string address;
    std::string capability;  // to unfollow
  };
  std::vector<Followed> follows;
};
std::optional<ReaderAccount> read_account(const Desk& desk, news::ReaderId reader);

// Forgets links and sessions that have expired, and wishes that nobody confirmed.
void forget_sign_ins(const Desk& desk);

}  // namespace desk
