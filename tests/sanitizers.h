// Whether this program was built with a sanitizer, for tests of what one changes: how much memory and how many descriptors are in
// use. Knows clang's, which are those of the presets.
#pragma once

#if defined(__has_feature)
inline constexpr bool has_address_sanitizer = __has_feature(address_sanitizer);
inline constexpr bool has_thread_sanitizer = __has_feature(thread_sanitizer);
#else
inline constexpr bool has_address_sanitizer = false;
inline constexpr bool has_thread_sanitizer = false;
#endif
