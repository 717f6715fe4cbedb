// Addresses in WordPress texts: those on a line of their own and foreign frames (a video, a map) become plain links, since a page
// makes no request to other hosts; those in comments become links. Pure and linear; never safe HTML.
#pragma once

#include <string>
#include <string_view>

namespace import_ {

// "https://..." alone on its line or in its paragraph becomes <a>; WordPress would put a player there.
std::string link_lone_addresses(std::string_view text);

// <iframe>, <object> and <embed> become a link to what they show; addresses of players become those of pages.
std::string link_frames(std::string_view markup);

// Every address in the words becomes a link, as in WordPress's comments. Email addresses stay words: nobody should harvest them.
std::string link_addresses(std::string_view markup);

}  // namespace import_
